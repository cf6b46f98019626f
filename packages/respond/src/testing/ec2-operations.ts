import { listAt } from '../actions/action.ts';
import type { Json } from '../api-call.ts';
import { done, refusal, text, texts } from './answers.ts';
import type { Perform } from './memory-account.ts';

export const ec2Operations: Readonly<Record<string, Perform>> = {
  'ec2:DescribeSnapshotAttribute': ({ snapshots }, { SnapshotId }) => {
    const receivers = snapshots[text(SnapshotId)];
    return receivers === undefined
      ? refusal('InvalidSnapshot.NotFound')
      : done({ CreateVolumePermissions: receivers.map(written) });
  },
  'ec2:DescribeImageAttribute': ({ images }, { ImageId }) => {
    const receivers = images[text(ImageId)];
    return receivers === undefined
      ? refusal('InvalidAMIID.NotFound')
      : done({ LaunchPermissions: receivers.map(written) });
  },
  'ec2:ModifySnapshotAttribute': ({ snapshots }, input) => {
    const receivers = snapshots[text(input.SnapshotId)];
    if (receivers === undefined) return refusal('InvalidSnapshot.NotFound');
    snapshots[text(input.SnapshotId)] = changed(receivers, input.CreateVolumePermission);
    return done();
  },
  'ec2:ModifyImageAttribute': ({ images }, input) => {
    const receivers = images[text(input.ImageId)];
    if (receivers === undefined) return refusal('InvalidAMIID.NotFound');
    images[text(input.ImageId)] = changed(receivers, input.LaunchPermission);
    return done();
  },
  'ec2:DescribeNetworkInterfaces': ({ interfaces }, { NetworkInterfaceIds }) => {
    const [id = ''] = texts(NetworkInterfaceIds);
    const groups = interfaces[id];
    if (groups === undefined) return refusal('InvalidNetworkInterfaceID.NotFound');
    return done({ NetworkInterfaces: [{ Groups: groups.map((GroupId) => ({ GroupId })) }] });
  },
  'ec2:ModifyNetworkInterfaceAttribute': ({ interfaces }, { NetworkInterfaceId, Groups }) => {
    if (interfaces[text(NetworkInterfaceId)] === undefined) return refusal('InvalidNetworkInterfaceID.NotFound');
    interfaces[text(NetworkInterfaceId)] = texts(Groups);
    return done();
  },
};

function written(receiver: string) {
  if (receiver === 'all') return { Group: 'all' };
  return receiver.startsWith('arn:') ? { OrganizationArn: receiver } : { UserId: receiver };
}

function changed(receivers: readonly string[], change: Json | undefined): string[] {
  const names = (verb: string) =>
    listAt(change, verb).map((one) => text(one.Group) || text(one.UserId) || text(one.OrganizationArn));
  const removed = new Set(names('Remove'));
  return [...new Set([...receivers, ...names('Add')])].filter((name) => !removed.has(name)).sort();
}
