/** What AWS would answer while stacks are synthesized. */

const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

type Inputs = Readonly<Record<string, unknown>>;

/** Statements as Pulumi's policy documents take them. */
interface DocumentStatement {
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

const ANSWERS: Readonly<Record<string, (inputs: Inputs) => object>> = {
  'aws:index/getRegion:getRegion': () => ({ id: REGION, name: REGION, region: REGION }),
  'aws:index/getPartition:getPartition': () => ({ id: 'aws', partition: 'aws', dnsSuffix: 'amazonaws.com' }),
  'aws:index/getCallerIdentity:getCallerIdentity': () => ({
    id: ACCOUNT,
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:user/deployer`,
    userId: 'AIDAEXAMPLE',
  }),
  'aws:iam/getPolicyDocument:getPolicyDocument': ({ statements }) => ({
    statements,
    json: JSON.stringify({
      Version: '2012-10-17',
      Statement: (statements as readonly DocumentStatement[]).map(statementOf),
    }),
  }),
};

/** @throws for a question that nobody has given an answer to */
export function answerCall(token: string, inputs: Inputs): object {
  const answer = ANSWERS[token];
  if (!answer) throw new Error(`synth: the stacks ask AWS for ${token}; give it an answer here`);
  return answer(inputs);
}

function statementOf({ effect = 'Allow', actions, resources, principals, conditions }: DocumentStatement): object {
  return {
    Effect: effect,
    Action: actions,
    Resource: resources,
    ...(principals && {
      Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
    }),
    ...(conditions && {
      Condition: Object.fromEntries(conditions.map(({ test, variable, values }) => [test, { [variable]: values }])),
    }),
  };
}

/** What a resource has beside its inputs once it is made. */
export function stateOf(type: string, name: string, inputs: Inputs): object {
  const physical = String(inputs.name ?? inputs.bucket ?? inputs.layerName ?? name);
  const arn = arnOf(type, physical);
  return {
    arn,
    name: physical,
    url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${physical}`,
    streamArn: `${arn}/stream/2026-11-23T00:00:00.000`,
    keyId: `${name}-id`,
  };
}

/** The forms that differ from `arn:aws:service:region:account:kind/name`. */
const ARN_FORMS: Readonly<Record<string, (name: string) => string>> = {
  'aws:s3/bucket:Bucket': (name) => `arn:aws:s3:::${name}`,
  'aws:sqs/queue:Queue': (name) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
  'aws:sns/topic:Topic': (name) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`,
  'aws:iam/role:Role': (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  'aws:lambda/function:Function': (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
  'aws:cloudwatch/logGroup:LogGroup': (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`,
  'aws:cloudwatch/eventBus:EventBus': (name) => `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${name}`,
  'aws:cloudwatch/eventRule:EventRule': (name) => `arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`,
  'aws:ssm/parameter:Parameter': (name) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name}`,
};

/** `aws:kinesis/stream:Stream` named raw-logs becomes arn:aws:kinesis:eu-west-1:123456789012:stream/raw-logs. */
function arnOf(type: string, name: string): string {
  const form = ARN_FORMS[type];
  if (form) return form(name);
  const [, module = ''] = type.split(':');
  const [service, kind] = module.split('/');
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}/${name}`;
}
