/** What an ARN names, in the words of CloudFormation and of Security Hub. */
interface ResourceType {
  readonly cloudFormation: string;
  readonly securityHub: string;
}

const RESOURCE_TYPES: readonly (ResourceType & { readonly pattern: RegExp })[] = [
  { pattern: /^arn:[^:]+:iam::\d{12}:role\//, cloudFormation: 'AWS::IAM::Role', securityHub: 'AwsIamRole' },
  { pattern: /^arn:[^:]+:iam::\d{12}:user\//, cloudFormation: 'AWS::IAM::User', securityHub: 'AwsIamUser' },
  {
    pattern: /^arn:[^:]+:lambda:[^:]+:\d{12}:function:/,
    cloudFormation: 'AWS::Lambda::Function',
    securityHub: 'AwsLambdaFunction',
  },
];

/** Nothing for what has no resource of its own, such as a session. */
export function resourceTypeOf(arn: string | undefined): ResourceType | undefined {
  return arn === undefined ? undefined : RESOURCE_TYPES.find(({ pattern }) => pattern.test(arn));
}

/** `aws`, `aws-cn`, `aws-us-gov`. */
export function partitionOf(arn: string | undefined): string | undefined {
  return /^arn:(aws[a-z-]*):/.exec(arn ?? '')?.[1];
}
