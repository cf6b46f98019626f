import { type JsonObject, listOf, partOf, textOf, textsOf } from '../cloudtrail/record.ts';
import { severityOfId } from './finding-severity.ts';
import { guardDutyType } from './guardduty-type.ts';
import { type ReadForm, type Subject, skipped } from './raw-finding.ts';

const DETECTION_FINDING = 2004;

/** Suppressed, resolved, archived, deleted. */
const OVER: ReadonlySet<unknown> = new Set([3, 4, 5, 6]);

/**
 * Reads a Detection Finding of OCSF, as the second version of Security Hub sends it. Other classes of findings are about how
 * things are set up. Source: the schema of OCSF, version 1.8.
 */
export function readOcsf(finding: JsonObject): ReadForm {
  const info = partOf(finding.finding_info);
  const product = partOf(partOf(finding.metadata).product);
  const name = textOf(product.name ?? product.uid);
  if (/^portcullis$/i.test(name)) return skipped('own-finding');
  if (OVER.has(finding.status_id) || finding.activity_id === 3) return skipped('archived-finding');
  if (finding.class_uid !== DETECTION_FINDING) return skipped('posture-finding');
  const ofGuardDuty = /guardduty/i.test(name);
  const types = textsOf(info.types);
  const type = types[0] ?? partOf(info.analytic).name;
  const cloud = partOf(finding.cloud);
  const account = partOf(cloud.account).uid;
  return {
    id: info.uid,
    updatedAt: info.modified_time ?? finding.time,
    account,
    region: cloud.region,
    product: ofGuardDuty ? 'GuardDuty' : name,
    type: ofGuardDuty ? guardDutyType(textOf(type)) : type,
    severity: severityOfId(finding.severity_id),
    subjects: [
      ...listOf(finding.evidences).flatMap((evidence) => callersOf(partOf(partOf(evidence).actor), account)),
      ...callersOf(partOf(finding.actor), account),
      ...listOf(finding.resources).flatMap((resource) => subjectsOf(partOf(resource))),
    ],
  };
}

function callersOf({ user }: JsonObject, account: unknown): readonly Subject[] {
  const { uid, name, type } = partOf(user);
  if (uid === undefined) return [];
  const identity = { type, principalId: uid, userName: name, accountId: partOf(partOf(user).account).uid ?? account };
  return [{ kind: 'caller', identity }];
}

function subjectsOf({ uid }: JsonObject): readonly Subject[] {
  const arn = textOf(uid);
  if (arn.includes(':lambda:') && arn.includes(':function:')) return [{ kind: 'function', arn }];
  const instance = /\binstance\/(i-[0-9a-f]{8,17})$/.exec(arn)?.[1];
  if (instance !== undefined) return [{ kind: 'instance', id: instance }];
  if (arn.includes(':user/')) return [{ kind: 'caller', identity: { type: 'IAMUser', arn } }];
  const role = /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (role === null) return [];
  const session = `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/`;
  return [{ kind: 'caller', identity: { type: 'AssumedRole', arn: session } }];
}
