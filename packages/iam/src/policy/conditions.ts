import { fitsArn, isArnPattern } from './arn-pattern.ts';
import type { DenyConditions } from './deny-document.ts';
import { isInRange, isIpRange } from './ip-range.ts';

/**
 * What is known of a request's context: a value, or `absent` where the request certainly has none.
 * A key that is not listed is unknown, which a log often leaves it.
 */
export type RequestContext = ReadonlyMap<string, string | typeof ABSENT>;

export const ABSENT = Symbol('absent');

/** The one variable that we write: the VPC that AWS handed an instance's credentials out in. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own form of a variable
export const INSTANCE_VPC = '${aws:Ec2InstanceSourceVpc}';

/** `undefined` where what is known does not decide. */
export type Truth = boolean | undefined;

interface Condition {
  /** Context keys that the operator is used with. */
  readonly keys: readonly string[];
  isValue(value: string): boolean;
  /** What holds for a request without the key. */
  readonly whenAbsent: boolean;
  /** Whether one value fits the request's. */
  fits(value: string, found: string, context: RequestContext): Truth;
  /** All values must fit; of others, one suffices. */
  readonly every?: boolean;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const PLAIN = /^[^\s"\\*?$]+$/;
const VPC = /^vpce?-[0-9a-f]+$/;

/** Operators and keys that we write, and no others. */
export const CONDITIONS: Readonly<Record<string, Condition>> = {
  DateLessThan: {
    keys: ['aws:TokenIssueTime'],
    isValue: (value) => INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
    whenAbsent: false,
    fits(value, found) {
      const time = Date.parse(found);
      return Number.isNaN(time) ? undefined : time < Date.parse(value);
    },
  },
  StringEquals: {
    keys: ['aws:userid', 'aws:SourceIdentity', 'identitystore:UserId'],
    isValue: (value) => PLAIN.test(value),
    whenAbsent: false,
    fits: (value, found) => value === found,
  },
  StringNotEqualsIfExists: {
    keys: ['aws:SourceVpc', 'aws:SourceVpce'],
    isValue: (value) => VPC.test(value) || value === INSTANCE_VPC,
    whenAbsent: true,
    every: true,
    fits(value, found, context) {
      if (value !== INSTANCE_VPC) return value !== found;
      const own = context.get('aws:Ec2InstanceSourceVpc');
      return own === undefined || own === ABSENT ? undefined : own !== found;
    },
  },
  IpAddress: {
    keys: ['aws:SourceIp'],
    isValue: isIpRange,
    whenAbsent: false,
    fits: isInRange,
  },
  BoolIfExists: {
    keys: ['aws:ViaAWSService'],
    isValue: (value) => value === 'true' || value === 'false',
    whenAbsent: true,
    fits: (value, found) => value === found.toLowerCase(),
  },
  ArnEquals: {
    keys: ['lambda:SourceFunctionArn'],
    isValue: isArnPattern,
    whenAbsent: false,
    fits: fitsArn,
  },
  ArnLike: {
    keys: ['iam:PolicyARN'],
    isValue: isArnPattern,
    whenAbsent: false,
    fits: fitsArn,
  },
  ArnNotLike: {
    keys: ['aws:PrincipalArn'],
    isValue: isArnPattern,
    whenAbsent: true,
    every: true,
    fits: (value, found) => !fitsArn(value, found),
  },
};

/** Whether all conditions hold: unknown, unless one certainly does not. */
export function conditionsHold(conditions: DenyConditions, context: RequestContext): Truth {
  let whole: Truth = true;
  for (const [operator, byKey] of Object.entries(conditions)) {
    for (const [key, values] of Object.entries(byKey)) {
      const holds = conditionHolds(operator, key, values, context);
      if (holds === false) return false;
      if (holds === undefined) whole = undefined;
    }
  }
  return whole;
}

function conditionHolds(operator: string, key: string, values: readonly string[], context: RequestContext): Truth {
  const condition = Object.hasOwn(CONDITIONS, operator) ? CONDITIONS[operator] : undefined;
  if (!condition?.keys.includes(key)) return undefined;
  const found = context.get(key);
  if (found === undefined) return undefined;
  if (found === ABSENT) return condition.whenAbsent;
  const fitting = values.map((value) => condition.fits(value, found, context));
  const decisive = condition.every !== true;
  if (fitting.includes(decisive)) return decisive;
  return fitting.includes(undefined) ? undefined : !decisive;
}
