import type { FindingSeverity } from '@portcullis/event';
import { isTrue, type JsonObject, listOf, partOf, textOf, textsOf } from '../cloudtrail/record.ts';
import { severityOfLabel } from './finding-severity.ts';
import { guardDutyType } from './guardduty-type.ts';
import { type ReadForm, type Subject, skipped } from './raw-finding.ts';

/** Under these Security Hub files what somebody did; under others how things are set up. */
const BEHAVIOR = /^(?:TTPs|Effects|Unusual Behaviors)(?:\/|$)/;

const GUARDDUTY_PRODUCT = /^arn:[\w-]+:securityhub:[\w-]*::product\/aws\/guardduty$/;

/** Reads a finding in the AWS Security Finding Format. Source: "ASFF syntax", Security Hub user guide. */
export function readAsff(finding: JsonObject): ReadForm {
  const { Id, GeneratorId, ProductFields, RecordState, Workflow, Compliance } = finding;
  const fields = partOf(ProductFields);
  if (isOwn(Id, GeneratorId)) return skipped('own-finding');
  const workflow = partOf(Workflow).Status;
  if (RecordState === 'ARCHIVED' || workflow === 'SUPPRESSED' || workflow === 'RESOLVED') {
    return skipped('archived-finding');
  }
  if (isTrue(fields['aws/guardduty/service/additionalInfo/sample'])) return skipped('sample-finding');
  const types = textsOf(finding.Types ?? partOf(finding.FindingProviderFields).Types);
  const type = types.find((one) => BEHAVIOR.test(one));
  if (Compliance !== undefined || (type === undefined && types.length > 0)) return skipped('posture-finding');
  const ofGuardDuty = GUARDDUTY_PRODUCT.test(textOf(finding.ProductArn));
  return {
    id: Id,
    updatedAt: finding.UpdatedAt,
    account: finding.AwsAccountId,
    region: finding.Region ?? regionOf(finding.ProductArn),
    product: ofGuardDuty
      ? 'GuardDuty'
      : (finding.ProductName ?? fields['aws/securityhub/ProductName'] ?? productOf(finding.ProductArn)),
    type: ofGuardDuty && type !== undefined ? guardDutyType(type) : type,
    severity:
      severityOf(partOf(finding.Severity)) ?? severityOf(partOf(partOf(finding.FindingProviderFields).Severity)),
    subjects: listOf(finding.Resources).flatMap((resource) => subjectsOf(partOf(resource), finding.AwsAccountId)),
  };
}

/** What `toAsff` of our own contract made: an alert is no evidence for itself. */
function isOwn(id: unknown, generator: unknown): boolean {
  return [id, generator].some((value) => textOf(value).startsWith('portcullis/'));
}

/** The label; findings from before it have a number up to 100, in Security Hub's bands. */
function severityOf({ Label, Normalized }: JsonObject): FindingSeverity | undefined {
  const label = severityOfLabel(Label);
  if (label !== undefined || typeof Normalized !== 'number' || !(Normalized >= 0 && Normalized <= 100)) return label;
  if (Normalized < 40) return Normalized < 1 ? 'informational' : 'low';
  if (Normalized < 70) return 'medium';
  return Normalized < 90 ? 'high' : 'critical';
}

function regionOf(productArn: unknown): string {
  return textOf(productArn).split(':', 4)[3] ?? '';
}

function productOf(productArn: unknown): string {
  const arn = textOf(productArn);
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function subjectsOf(resource: JsonObject, account: unknown): readonly Subject[] {
  const { Type, Id } = resource;
  const details = partOf(resource.Details);
  switch (Type) {
    case 'AwsIamAccessKey':
      return keyHolder(partOf(details.AwsIamAccessKey), account);
    case 'AwsIamRole':
      return caller({ type: 'AssumedRole', principalId: partOf(details.AwsIamRole).RoleId, arn: assumedRole(Id) });
    case 'AwsIamUser':
      return caller({ type: 'IAMUser', principalId: partOf(details.AwsIamUser).UserId, arn: Id });
    case 'AwsLambdaFunction':
      return [{ kind: 'function', arn: Id }];
    case 'AwsEc2Instance':
      return [{ kind: 'instance', id: textOf(Id).slice(textOf(Id).lastIndexOf('/') + 1) }];
    default:
      return [];
  }
}

function keyHolder(key: JsonObject, account: unknown): readonly Subject[] {
  const { PrincipalId, PrincipalName, UserName, PrincipalType, AccountId } = key;
  if ((PrincipalId ?? PrincipalName ?? UserName) === undefined) return [];
  const issuer = partOf(partOf(key.SessionContext).SessionIssuer);
  return caller({
    type: PrincipalType,
    principalId: PrincipalId,
    userName: PrincipalName ?? UserName,
    accountId: AccountId ?? account,
    sessionContext: {
      sessionIssuer: {
        type: issuer.Type,
        principalId: issuer.PrincipalId,
        arn: issuer.Arn,
        accountId: issuer.AccountId,
        userName: issuer.UserName,
      },
    },
  });
}

function caller(identity: JsonObject): readonly Subject[] {
  return [{ kind: 'caller', identity }];
}

/** `arn:aws:iam::123456789012:role/path/Name` as a session of it would be called. */
function assumedRole(arn: unknown): string {
  const text = textOf(arn);
  return text.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?([^/]+)$/, ':assumed-role/$1/');
}
