/**
 * Event sources whose first label is not the IAM service prefix.
 *
 * Sources: the CloudTrail documentation of each service; iann0036/iam-dataset `cloudtrail_service_mappings`
 * (MIT); the service authorization reference.
 */
const PREFIXES: Readonly<Record<string, string>> = {
  appstream2: 'appstream',
  cloudcontrolapi: 'cloudformation',
  email: 'ses',
  'entitlement.marketplace': 'aws-marketplace',
  'metering-marketplace': 'aws-marketplace',
  'models.lex': 'lex',
  'models-v2-lex': 'lex',
  monitoring: 'cloudwatch',
  'mturk-requester': 'mechanicalturk',
  rdsdata: 'rds-data',
  'runtime.lex': 'lex',
  'runtime.sagemaker': 'sagemaker',
  'streams.dynamodb': 'dynamodb',
  tagging: 'tag',
};

const prefixes = new Map(Object.entries(PREFIXES));

/** IAM service prefix of a CloudTrail event source: `monitoring.amazonaws.com` is `cloudwatch`. */
export function servicePrefix(eventSource: string): string {
  const label = eventSource.toLowerCase().replace(/\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/, '');
  return prefixes.get(label) ?? label;
}
