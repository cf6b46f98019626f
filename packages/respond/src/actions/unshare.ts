import type { ApiCall, JsonObject } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, type Ask, listAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'unshare' }>;

/** Ends the sharing of a snapshot or image that began in the episode. What was copied meanwhile stays copied. */
export const unshare: Action<Details> = {
  preconditions: ['an event of the episode shows that it was shared then', 'it is still shared'],
  verification: 'the receiver is in the list no more',
  operations: {
    look: ['ec2:DescribeSnapshotAttribute', 'ec2:DescribeImageAttribute'],
    apply: ['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'],
    revert: ['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'],
  },
  async look(details, _, ask) {
    const receivers = await receiversOf(details, ask);
    return { state: { shared: receivers.includes(details.with) } };
  },
  intend(details, _, { state }) {
    if (state.shared !== true) return obstacle('gone-already', 'it is not shared with the receiver any more');
    return { kind: 'calls', calls: [modify(details, 'Remove')], after: { shared: false } };
  },
  revert(details, _, before, found) {
    return before.shared === true && found.shared !== true ? [modify(details, 'Add')] : [];
  },
};

async function receiversOf({ what, id }: Details, ask: Ask): Promise<readonly string[]> {
  const shown =
    what === 'snapshot'
      ? await required(ask, 'ec2:DescribeSnapshotAttribute', { SnapshotId: id, Attribute: 'createVolumePermission' })
      : await required(ask, 'ec2:DescribeImageAttribute', { ImageId: id, Attribute: 'launchPermission' });
  const list = listAt(shown, what === 'snapshot' ? 'CreateVolumePermissions' : 'LaunchPermissions');
  return list.map(
    (receiver) => textAt(receiver, 'UserId') || textAt(receiver, 'Group') || textAt(receiver, 'OrganizationArn'),
  );
}

function modify(details: Details, verb: 'Add' | 'Remove'): ApiCall {
  const { what, id } = details;
  const change: JsonObject = { [verb]: [receiver(details.with)] };
  return what === 'snapshot'
    ? {
        operation: 'ec2:ModifySnapshotAttribute',
        power: 'edit',
        input: { SnapshotId: id, Attribute: 'createVolumePermission', CreateVolumePermission: change },
      }
    : {
        operation: 'ec2:ModifyImageAttribute',
        power: 'edit',
        input: { ImageId: id, Attribute: 'launchPermission', LaunchPermission: change },
      };
}

function receiver(name: string): JsonObject {
  if (name === 'all') return { Group: 'all' };
  return name.startsWith('arn:') ? { OrganizationArn: name } : { UserId: name };
}
