import { DAY_MS, isoTime } from '@portcullis/event';
import { type GroupReview, permissionsOf, type Rule, rulesAfter, type StatementChange } from '@portcullis/review';

/** One group as JSON: what to revoke and what to authorize, as EC2 takes it. */
export function groupJson(one: GroupReview) {
  const { group, members } = one;
  const base = {
    kind: one.kind,
    groupId: group.id,
    groupName: group.name,
    account: group.account,
    vpcId: group.vpcId,
    members,
  };
  if (one.kind === 'refused') return { ...base, reason: one.reason, detail: one.detail };
  const gone = one.changes.filter(({ kind }) => kind !== 'keep').map(({ rule }) => rule);
  const made = one.changes.flatMap(({ by }) => by);
  const directed = (rules: readonly Rule[], direction: Rule['direction']) =>
    permissionsOf(rules.filter((rule) => rule.direction === direction));
  return {
    ...base,
    activeDays: one.activeDays,
    exposure: { before: rounded(one.exposureBefore), removed: rounded(one.exposureRemoved) },
    checked: one.checked,
    // New rules first: nothing is refused between the two calls
    authorizeIngress: directed(made, 'ingress'),
    authorizeEgress: directed(made, 'egress'),
    revokeIngress: directed(gone, 'ingress'),
    revokeEgress: directed(gone, 'egress'),
    rulesAfter: rulesAfter(one).length,
    why: one.changes.map(({ rule, kind, why, activeDays, lastDay }) => ({
      direction: rule.direction,
      rule: permissionsOf([rule])[0],
      kind,
      why,
      activeDays,
      ...(lastDay !== undefined && { lastSeen: isoTime(lastDay * DAY_MS).slice(0, 10) }),
    })),
  };
}

/** One statement of a function's policy as JSON. */
export function functionJson({ functionArn, statement, kind, why }: StatementChange) {
  return { kind: `statement-${kind}`, functionArn, sid: statement.sid, why };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
