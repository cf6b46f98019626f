/** How a policy names what an action touches, from the ARN that a log shows; several where both forms are needed. */
type Scope = readonly [arn: RegExp, resourcesOf: (arn: string) => readonly string[]];

const itself = (arn: string) => [arn];
const BUCKET = /^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$/;
const inBucket: Scope = [BUCKET, (arn) => [`${arn}/*`]];
const table: Scope = [/^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/, (arn) => [arn, `${arn}/index/*`]];
const secret: Scope = [/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/, itself];
const parameter: Scope = [/^arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+$/, itself];
const queue: Scope = [/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/, itself];
const key: Scope = [/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, itself];
const lambdaFunction: Scope = [/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/, (arn) => [arn, `${arn}:*`]];
const role: Scope = [/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, itself];

/**
 * Actions whose resource a log names and IAM can be told. Few, and each certain: a deny of a resource that the
 * action is not judged by would do nothing and look like something. All other actions are denied everywhere.
 */
export const RESOURCE_SCOPES: Readonly<Record<string, Scope>> = {
  's3:GetObject': inBucket,
  's3:GetObjectVersion': inBucket,
  's3:PutObject': inBucket,
  's3:DeleteObject': inBucket,
  's3:ListBucket': [BUCKET, itself],
  'dynamodb:GetItem': table,
  'dynamodb:BatchGetItem': table,
  'dynamodb:Query': table,
  'dynamodb:Scan': table,
  'dynamodb:PutItem': table,
  'dynamodb:UpdateItem': table,
  'dynamodb:DeleteItem': table,
  'secretsmanager:GetSecretValue': secret,
  'secretsmanager:PutSecretValue': secret,
  'ssm:GetParameter': parameter,
  'ssm:GetParameters': parameter,
  'ssm:PutParameter': parameter,
  'sqs:ReceiveMessage': queue,
  'sqs:SendMessage': queue,
  'sqs:DeleteMessage': queue,
  'kms:Decrypt': key,
  'lambda:InvokeFunction': lambdaFunction,
  'lambda:UpdateFunctionCode': [lambdaFunction[0], itself],
  'lambda:UpdateFunctionConfiguration': [lambdaFunction[0], itself],
  'sts:AssumeRole': role,
};

/** Resources of a policy that hold exactly what was touched; `undefined` where that cannot be said. */
export function resourcesFor(action: string, touched: readonly string[]): readonly string[] | undefined {
  const [arn, resourcesOf] = RESOURCE_SCOPES[action] ?? [];
  if (arn === undefined || resourcesOf === undefined || touched.length === 0) return undefined;
  const named = touched.filter((resource) => arn.test(resource));
  return named.length === 0 ? undefined : named.flatMap(resourcesOf);
}
