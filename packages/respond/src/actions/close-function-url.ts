import type { ApiCall } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'close-function-url' }>;

/** Has a function's URL ask for IAM. Deleting it would lose its address for ever. */
export const closeFunctionUrl: Action<Details> = {
  preconditions: ['the function has a URL', 'the URL answers anybody'],
  verification: 'the URL reads back as authorized by IAM',
  operations: {
    look: ['lambda:GetFunctionUrlConfig'],
    apply: ['lambda:UpdateFunctionUrlConfig'],
    revert: ['lambda:UpdateFunctionUrlConfig'],
  },
  async look({ function: FunctionName }, _, ask) {
    const config = await required(ask, 'lambda:GetFunctionUrlConfig', { FunctionName });
    return { state: { authType: textAt(config, 'AuthType') } };
  },
  intend(details, _, { state }) {
    if (state.authType !== 'NONE') return obstacle('not-public', 'the URL asks for IAM already');
    return { kind: 'calls', calls: [update(details, 'AWS_IAM', 'attach')], after: { authType: 'AWS_IAM' } };
  },
  revert(details, _, before, found) {
    return before.authType === 'NONE' && found.authType !== 'NONE' ? [update(details, 'NONE', 'revert')] : [];
  },
};

function update({ function: FunctionName }: Details, AuthType: string, power: ApiCall['power']): ApiCall {
  return { operation: 'lambda:UpdateFunctionUrlConfig', power, input: { FunctionName, AuthType } };
}
