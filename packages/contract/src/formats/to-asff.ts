import type { AlertActor, AnomalyData, AnomalyEvent } from '../types.ts';
import { partitionOf, resourceTypeOf } from './arn.ts';
import type { AsffFinding } from './asff.ts';
import { clip } from './clip.ts';

/** Limits of Security Hub, in characters; a finding may have 240 KB. */
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 1024;
const MAX_RECOMMENDATION = 512;
const MAX_ID = 512;
const MAX_RESOURCES = 32;
/** Ours, within those of Security Hub: 50 fields of 2,048 characters, which might be more than 240 KB. */
const MAX_EVIDENCE_FIELDS = 20;
const MAX_EVIDENCE = 1024;
const MAX_FIELD = 512;

/** Security Hub's classes of unusual behavior. */
const TYPES: Readonly<Record<AlertActor['kind'], string>> = {
  role: 'Unusual Behaviors/User',
  user: 'Unusual Behaviors/User',
  person: 'Unusual Behaviors/User',
  account: 'Unusual Behaviors/User',
  function: 'Unusual Behaviors/Serverless',
  service: 'Unusual Behaviors/Application',
};

/** The Security Hub that a finding goes to. */
export interface SecurityHub {
  /** The account that imports. Security Hub takes findings of other accounts from official partners only. */
  readonly account: string;
  readonly region: string;
  /** `aws` where nothing is said. */
  readonly partition?: 'aws' | 'aws-cn' | 'aws-us-gov';
}

/**
 * An alert as a finding of Security Hub (ASFF 2018-10-08).
 *
 * One finding an episode, whatever its revision; importing a later one updates it. It is filed under the account that imports, as Security Hub
 * asks; where it happened is in the resources and in `portcullis/account`. Closed, dismissed and expected ones are archived. Text from logs is clipped
 * and freed of control characters; it stays untrusted text.
 */
export function toAsff(event: AnomalyEvent, { account, region, partition = 'aws' }: SecurityHub): AsffFinding {
  const { metadata, data } = event.detail;
  const severity = { Label: data.severity, Original: String(data.score) };
  const types = [TYPES[data.actor.kind]];
  return {
    SchemaVersion: '2018-10-08',
    Id: clip(`portcullis/${metadata.id}`, MAX_ID),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'Portcullis',
    CompanyName: 'Portcullis',
    GeneratorId: clip(`portcullis/${data.evidence[0]?.detector ?? 'episode'}`, MAX_ID),
    AwsAccountId: account,
    Region: region,
    Types: types,
    FirstObservedAt: data.firstSeen,
    LastObservedAt: data.lastSeen,
    // Has to stay as it is: later revisions do not know when the first one was made
    CreatedAt: data.firstSeen,
    UpdatedAt: metadata.producedAt,
    Severity: severity,
    FindingProviderFields: { Severity: severity, Types: types },
    Title: clip(data.title, MAX_TITLE),
    Description: clip(descriptionOf(data), MAX_DESCRIPTION),
    ...remediation(data),
    ProductFields: productFields(event),
    Resources: resourcesOf(data),
    RecordState: isOver(event) ? 'ARCHIVED' : 'ACTIVE',
  };
}

function isOver(event: AnomalyEvent): boolean {
  const verdict = event.detail.data.verdict?.verdict;
  return event['detail-type'] === 'Anomaly Closed' || verdict === 'dismissed' || verdict === 'expected';
}

function descriptionOf({ account, region, evidence }: AnomalyData): string {
  const told = evidence
    .filter(({ note }) => note === undefined)
    .map(({ observed, reason }) => `${observed}: ${reason}`);
  return `In account ${account}, ${region}. ${told.join('; ')}`;
}

function remediation({ response }: AnomalyData): Pick<AsffFinding, 'Remediation'> {
  if (response.plan.length === 0) return {};
  const steps = response.plan.map(({ action, actions, target }) => `${[action, ...actions].join(' ')} on ${target}`);
  return {
    Remediation: { Recommendation: { Text: clip(`Not done, only planned: ${steps.join('; ')}`, MAX_RECOMMENDATION) } },
  };
}

/** What has no place of its own. Names begin with the product, as Security Hub asks. */
function productFields({
  'detail-type': detailType,
  detail: { metadata, data },
}: AnomalyEvent): Record<string, string> {
  const { expectedPerWeek: rarity, verdict } = data;
  const fields = {
    episode: metadata.id,
    revision: String(metadata.revision),
    event: detailType,
    mode: metadata.mode,
    account: data.account,
    region: data.region,
    actor: data.actor.id,
    'actor-kind': data.actor.kind,
    score: String(data.score),
    risk: String(data.risk),
    confidence: data.confidence,
    'expected-per-week': `${rarity.value} (${rarity.low} to ${rarity.high})`,
    techniques: data.techniques.join(' ') || 'none',
    'attack-version': data.attackVersion,
    events: `${data.eventCount}: ${data.eventIds.join(' ')}`,
    ...(verdict === undefined ? {} : { verdict: `${verdict.verdict} by ${verdict.by}: ${verdict.reason}` }),
  };
  const evidence = data.evidence
    .slice(0, MAX_EVIDENCE_FIELDS)
    .map((one, index): [string, string] => [
      `portcullis/evidence/${index + 1}`,
      clip(`${one.detector} (${one.contribution}): ${one.observed}; usual: ${one.usual}; ${one.reason}`, MAX_EVIDENCE),
    ]);
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, text]) => [`portcullis/${name}`, clip(text, MAX_FIELD)])),
    ...Object.fromEntries(evidence),
  };
}

/** The actor, and those that joined its case. */
function resourcesOf({ actor, account, region, case: joined }: AnomalyData): AsffFinding['Resources'] {
  const actors = [actor, ...(joined?.actors ?? []).map((member) => member.actor)];
  const known = region === 'unknown' ? {} : { Region: region };
  const resources = actors.map(({ arn, id }) => {
    const partition = partitionOf(arn);
    return {
      Type: resourceTypeOf(arn)?.securityHub ?? 'Other',
      Id: clip(arn ?? id, MAX_ID),
      ...(partition === 'aws' || partition === 'aws-cn' || partition === 'aws-us-gov' ? { Partition: partition } : {}),
      ...known,
    };
  });
  const whole = account === 'unknown' ? [] : [{ Type: 'AwsAccount', Id: `AWS::::Account:${account}`, ...known }];
  return [...resources.slice(0, MAX_RESOURCES - whole.length), ...whole];
}
