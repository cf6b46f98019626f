import type { ApiCall } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'stop-event-source' }>;

/** States in which a mapping delivers, or soon will. */
const ON = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

/** Turns off what feeds a function from a queue or stream. What waits there may expire meanwhile. */
export const stopEventSource: Action<Details> = {
  preconditions: ['the mapping exists', 'it is on'],
  verification: 'the mapping reads back as off, or turning off',
  operations: {
    look: ['lambda:GetEventSourceMapping'],
    apply: ['lambda:UpdateEventSourceMapping'],
    revert: ['lambda:UpdateEventSourceMapping'],
  },
  async look({ uuid: UUID }, _, ask) {
    const mapping = await required(ask, 'lambda:GetEventSourceMapping', { UUID });
    return { state: { on: ON.has(textAt(mapping, 'State')) } };
  },
  intend(details, _, { state }) {
    if (state.on !== true) return obstacle('off-already', 'it is off, by somebody else');
    return { kind: 'calls', calls: [update(details, false, 'attach')], after: { on: false } };
  },
  revert(details, _, before, found) {
    return before.on === true && found.on !== true ? [update(details, true, 'revert')] : [];
  },
};

function update({ uuid: UUID }: Details, Enabled: boolean, power: ApiCall['power']): ApiCall {
  return { operation: 'lambda:UpdateEventSourceMapping', power, input: { UUID, Enabled } };
}
