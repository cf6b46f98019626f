import { isoTime } from '@portcullis/event';
import { type AccountLook, accountLook } from './account-look.ts';
import type { JsonObject } from './api-call.ts';
import type { ResponsePorts } from './ports.ts';

/** A look, or why there is none: half a look would count as little what runs under a role. */
export type Looked =
  | { readonly kind: 'looked'; readonly look: AccountLook }
  | { readonly kind: 'refused'; readonly call: string; readonly code: string };

/** Looks at roles, users and functions of one account, with the power to look. @param regions - where functions may be */
export async function lookAtAccount(
  account: string,
  regions: readonly string[],
  { call, now }: Pick<ResponsePorts, 'call' | 'now'>,
): Promise<Looked> {
  const collectedAt = isoTime(now());
  const details = await call(
    {
      operation: 'iam:GetAccountAuthorizationDetails',
      power: 'look',
      input: { Filter: ['Role', 'User', 'LocalManagedPolicy'] },
    },
    { account },
  );
  if (details.kind === 'refused')
    return { kind: 'refused', call: 'iam:GetAccountAuthorizationDetails', code: details.code };
  const functions: JsonObject[] = [];
  for (const region of regions) {
    const answer = await call({ operation: 'lambda:ListFunctions', power: 'look', input: {} }, { account, region });
    if (answer.kind === 'refused')
      return { kind: 'refused', call: `lambda:ListFunctions in ${region}`, code: answer.code };
    const { Functions } = answer.output;
    for (const one of Array.isArray(Functions) ? Functions : []) functions.push(one);
  }
  return { kind: 'looked', look: accountLook(account, collectedAt, details.output, functions) };
}
