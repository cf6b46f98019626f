import type { JsonObject } from '../envelopes/json.ts';

/** GuardDuty's own, the AWS Security Finding Format of Security Hub, or the OCSF of its second version. */
export type FindingForm = 'guardduty' | 'asff' | 'ocsf';

/** Whether an object is a finding, whole or damaged. */
export function isFinding(object: JsonObject): boolean {
  return findingForm(object) !== undefined;
}

/** Tells forms apart by marks that nothing else has. */
export function findingForm(object: JsonObject): FindingForm | undefined {
  if (isOcsf(object)) return 'ocsf';
  if (isAsff(object)) return 'asff';
  return isGuardDuty(object) ? 'guardduty' : undefined;
}

/** Any class of OCSF's category 2, findings. */
function isOcsf({ class_uid, category_uid }: JsonObject): boolean {
  return category_uid === 2 || (typeof class_uid === 'number' && class_uid >= 2001 && class_uid <= 2999);
}

function isAsff({ SchemaVersion, ProductArn, GeneratorId, AwsAccountId }: JsonObject): boolean {
  return (
    SchemaVersion === '2018-10-08' || (typeof ProductArn === 'string' && (GeneratorId ?? AwsAccountId) !== undefined)
  );
}

/** `CryptoCurrency:EC2/BitcoinTool.B` */
const GUARDDUTY_TYPE = /^[A-Za-z]{2,40}:[A-Za-z0-9]{2,40}\/./;
const GUARDDUTY_ARN = /^arn:[\w-]+:guardduty:/;

function isGuardDuty(object: JsonObject): boolean {
  const arn = field(object, 'arn');
  if (typeof arn === 'string' && GUARDDUTY_ARN.test(arn)) return true;
  const type = field(object, 'type');
  if (typeof type !== 'string' || !GUARDDUTY_TYPE.test(type)) return false;
  return (field(object, 'service') ?? field(object, 'resource')) !== undefined;
}

/** A member that is spelled `accountId` on the wire and `AccountId` by SDKs and the command line. */
export function field(object: JsonObject, name: string): unknown {
  return object[name] ?? object[`${name[0]?.toUpperCase()}${name.slice(1)}`];
}
