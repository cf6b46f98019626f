import type { ApiCall, JsonObject } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, objectAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'return-alias' }>;

/** Points an alias at the last version before the episode, all of its traffic. Code in `$LATEST` has no way back. */
export const returnAlias: Action<Details> = {
  preconditions: ['the alias exists', 'it points elsewhere'],
  verification: 'the alias reads back as pointing at that version alone',
  operations: { look: ['lambda:GetAlias'], apply: ['lambda:UpdateAlias'], revert: ['lambda:UpdateAlias'] },
  async look({ function: FunctionName, alias: Name }, _, ask) {
    const alias = await required(ask, 'lambda:GetAlias', { FunctionName, Name });
    return {
      state: {
        version: textAt(alias, 'FunctionVersion'),
        routing: objectAt(alias, 'RoutingConfig', 'AdditionalVersionWeights'),
      },
    };
  },
  intend(details, _, { state }) {
    const after = { version: details.version, routing: {} };
    if (state.version === details.version && Object.keys(objectAt(state, 'routing')).length === 0) {
      return obstacle('there-already', `it points at version ${details.version}`);
    }
    return { kind: 'calls', calls: [update(details, after, 'attach')], after };
  },
  revert(details, _, before) {
    const { version = '', routing = {} } = before;
    return [update(details, { version, routing }, 'revert')];
  },
};

function update({ function: FunctionName, alias }: Details, to: JsonObject, power: ApiCall['power']): ApiCall {
  return {
    operation: 'lambda:UpdateAlias',
    power,
    input: {
      FunctionName,
      Name: alias,
      FunctionVersion: to.version,
      RoutingConfig: { AdditionalVersionWeights: to.routing },
    },
  };
}
