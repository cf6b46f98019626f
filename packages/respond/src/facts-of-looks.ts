import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { AccountLook } from './account-look.ts';
import type { PrincipalFacts, ResponseState } from './response-state.ts';

/** Four looks are missed by then. */
const LOOK_LASTS_MS = 24 * HOUR_MS;

/** What looks at an account tell a plan. */
export type KnownOfAccount = Pick<ResponseState, 'principals' | 'policyVersions' | 'isolationGroup'>;

/**
 * What may be relied on of an account: how much runs under a role as of now, whom a tag protects as of before the episode.
 *
 * An attacker who tags a role in the episode protects nobody by that, and one who takes a tag off exposes nobody. Where nobody looked before the
 * episode, or lately, tags protect as far as they are known, and no rule may rely on the rest: `unsure` says why.
 *
 * @param before - the last look before the episode
 * @param latest - the last look of all
 */
export function factsOfLooks(
  before: AccountLook | undefined,
  latest: AccountLook | undefined,
  at: EpochMs,
): KnownOfAccount {
  const early = byArn(before);
  const late = byArn(latest);
  const isOld = latest !== undefined && at - Date.parse(latest.collectedAt) > LOOK_LASTS_MS;
  const unsureOf = (arn: string): string | undefined => {
    if (isOld) return `nobody has looked at the account since ${latest.collectedAt}`;
    if (before === undefined) return 'nobody had looked at the account before the episode';
    return early.has(arn) ? undefined : 'it was not there before the episode';
  };
  const known = (arn: string): PrincipalFacts => {
    const now = late.get(arn);
    // Where nobody had looked, what protects now is the best there is; what somebody may have put there since is not
    const then = early.get(arn) ?? (before === undefined && now ? { ...now, trust: undefined } : nothingOf(arn));
    const unsure = unsureOf(arn);
    return { ...then, functions: now?.functions ?? then.functions, ...(unsure !== undefined && { unsure }) };
  };
  const arns = new Set([...early.keys(), ...late.keys()]);
  return {
    principals: new Map([...arns].map((arn) => [arn, known(arn)])),
    policyVersions: new Map(Object.entries(before?.policyVersions ?? {})),
    isolationGroup: before?.isolationGroup,
  };
}

function byArn(look: AccountLook | undefined): ReadonlyMap<string, PrincipalFacts> {
  return new Map((look?.principals ?? []).map((one) => [one.arn, one]));
}

function nothingOf(arn: string): PrincipalFacts {
  return { arn, tags: {}, functions: [] };
}
