import type { CutDetails } from '../cut.ts';
import { type Action, listAt, obstacle, required } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'stop-function' }>;

/** Sets a function's concurrency to 0: no further invocation starts; those under way finish, and streams fall behind. */
export const stopFunction: Action<Details> = {
  preconditions: ['the function exists', 'it has no provisioned concurrency, which would have to go first'],
  verification: 'the reserved concurrency reads back as 0',
  operations: {
    look: ['lambda:GetFunctionConcurrency', 'lambda:ListProvisionedConcurrencyConfigs'],
    apply: ['lambda:PutFunctionConcurrency'],
    revert: ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
  },
  async look({ function: FunctionName }, _, ask) {
    const { ReservedConcurrentExecutions: reserved } = await required(ask, 'lambda:GetFunctionConcurrency', {
      FunctionName,
    });
    const provisioned = await required(ask, 'lambda:ListProvisionedConcurrencyConfigs', { FunctionName });
    return {
      state: { concurrency: typeof reserved === 'number' ? reserved : null },
      facts: { provisioned: listAt(provisioned, 'ProvisionedConcurrencyConfigs').length },
    };
  },
  intend({ function: FunctionName }, _, { state, facts }) {
    if (Number(facts?.provisioned) > 0)
      return obstacle('provisioned-concurrency', 'concurrency cannot go below what is provisioned');
    if (state.concurrency === 0) return obstacle('stopped-already', 'its concurrency is 0, by somebody else');
    return {
      kind: 'calls',
      calls: [
        {
          operation: 'lambda:PutFunctionConcurrency',
          power: 'attach',
          input: { FunctionName, ReservedConcurrentExecutions: 0 },
        },
      ],
      after: { concurrency: 0 },
    };
  },
  revert({ function: FunctionName }, _, { concurrency = null }, found) {
    if (found.concurrency !== 0) return [];
    return concurrency === null
      ? [{ operation: 'lambda:DeleteFunctionConcurrency', power: 'revert', input: { FunctionName } }]
      : [
          {
            operation: 'lambda:PutFunctionConcurrency',
            power: 'revert',
            input: { FunctionName, ReservedConcurrentExecutions: concurrency },
          },
        ];
  },
};
