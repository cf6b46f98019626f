import type { ApiCall } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, listAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'leave-granted-group' }>;

/** Takes a user out of a group that it joined in the episode. */
export const leaveGrantedGroup: Action<Details> = {
  preconditions: ['an event of the episode shows that the user joined then', 'the user is still in the group'],
  verification: 'the group is in the list of the user no more',
  operations: {
    look: ['iam:ListGroupsForUser'],
    apply: ['iam:RemoveUserFromGroup'],
    revert: ['iam:AddUserToGroup'],
  },
  async look({ user, group }, _, ask) {
    const groups = listAt(await required(ask, 'iam:ListGroupsForUser', { UserName: user }), 'Groups');
    return { state: { member: groups.some((one) => textAt(one, 'GroupName') === group) } };
  },
  intend(details, _, { state }) {
    if (state.member !== true) return obstacle('gone-already', 'the user is not in the group any more');
    return { kind: 'calls', calls: [membership(details, 'iam:RemoveUserFromGroup')], after: { member: false } };
  },
  revert(details, _, before, found) {
    return before.member === true && found.member !== true ? [membership(details, 'iam:AddUserToGroup')] : [];
  },
};

function membership({ user, group }: Details, operation: ApiCall['operation']): ApiCall {
  return { operation, power: 'edit', input: { UserName: user, GroupName: group } };
}
