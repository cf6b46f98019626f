type AsffLabel = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** The part of the AWS Security Finding Format that we fill in; goes into `BatchImportFindings` as it is. */
export interface AsffFinding {
  SchemaVersion: '2018-10-08';
  Id: string;
  ProductArn: string;
  ProductName: string;
  CompanyName: string;
  GeneratorId: string;
  AwsAccountId: string;
  Region: string;
  Types: string[];
  FirstObservedAt: string;
  LastObservedAt: string;
  CreatedAt: string;
  UpdatedAt: string;
  Severity: { Label: AsffLabel; Original: string };
  FindingProviderFields: { Severity: { Label: AsffLabel; Original: string }; Types: string[] };
  Title: string;
  Description: string;
  Remediation?: { Recommendation: { Text: string } };
  ProductFields: Record<string, string>;
  Resources: { Type: string; Id: string; Partition?: 'aws' | 'aws-cn' | 'aws-us-gov'; Region?: string }[];
  RecordState: 'ACTIVE' | 'ARCHIVED';
}
