import type { NarrowedGrant } from './propose/propose-policy.ts';
import { harmOf } from './propose/risk.ts';
import { type PrincipalReview, policyName } from './review-principal.ts';

/** One line of a difference, as of two texts: what goes, what comes, and what heads them. */
export interface DifferenceLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

type WithProposal = Extract<PrincipalReview, { kind: 'proposed' | 'unused' }>;

/** Most actions named of one service; the worst come first. */
const MAX_NAMED = 6;

/** What a proposal changes, statement by statement, for people. */
export function differenceOf({ proposal, unusedTrust, principal }: WithProposal): readonly DifferenceLine[] {
  const lines = proposal.grants.filter(({ unchanged }) => !unchanged).flatMap(grantLines);
  const trust = unusedTrust.map(
    ({ kind, name, reach }): DifferenceLine => ({
      sign: '-',
      text: `trust in ${kind} ${name} (${reach}), who never took it up`,
    }),
  );
  return trust.length === 0 ? lines : [...lines, { sign: ' ', text: `trust policy of ${principal.name}` }, ...trust];
}

function grantLines({ grant, removed, parts, kept }: NarrowedGrant): readonly DifferenceLine[] {
  const { statement, policy, actions } = grant;
  const written = statement.actions?.join(', ') ?? `all but ${statement.notActions?.join(', ')}`;
  const on = onWhat(statement);
  const condition = statement.condition === undefined ? '' : ', on its condition';
  return [
    { sign: ' ', text: policyName(policy) },
    { sign: '-', text: `${short(written)} on ${on}${condition}` },
    ...parts.map(
      (part): DifferenceLine => ({
        sign: '+',
        text: `${short((part.statement.actions ?? []).join(', '))} on ${onWhat(part.statement)}${condition}`,
      }),
    ),
    {
      sign: ' ',
      text: `takes ${removed.length} of ${actions.length} actions${named(removed)}; keeps ${reasons(kept)}`,
    },
  ];
}

function onWhat({ resources, notResources }: NarrowedGrant['grant']['statement']): string {
  return short(resources?.join(', ') ?? `all but ${notResources?.join(', ')}`);
}

function named(removed: readonly string[]): string {
  if (removed.length === 0) return '';
  const worst = removed.toSorted((a, b) => harmOf(b) - harmOf(a) || (a < b ? -1 : 1)).slice(0, MAX_NAMED);
  return `, among them ${worst.join(', ')}`;
}

function reasons(kept: NarrowedGrant['kept']): string {
  const counts = Map.groupBy(kept.values(), (reason) => reason);
  const said = [...counts].map(([reason, all]) => `${all.length} ${reason}`).sort();
  return said.length === 0 ? 'none' : said.join(', ');
}

const LONGEST = 300;

function short(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} … (${text.length} characters)`;
}
