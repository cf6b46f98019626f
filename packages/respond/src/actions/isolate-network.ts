import type { ApiCall, Json } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, listAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'isolate-network' }>;

/** Gives a network interface one security group, which lets nothing through. Connections that are tracked may live on. */
export const isolateNetwork: Action<Details> = {
  preconditions: ['the interface exists', 'it has other security groups'],
  verification: 'the interface reads back with that group alone',
  operations: {
    look: ['ec2:DescribeNetworkInterfaces'],
    apply: ['ec2:ModifyNetworkInterfaceAttribute'],
    revert: ['ec2:ModifyNetworkInterfaceAttribute'],
  },
  async look({ networkInterface }, _, ask) {
    const shown = await required(ask, 'ec2:DescribeNetworkInterfaces', { NetworkInterfaceIds: [networkInterface] });
    const [found] = listAt(shown, 'NetworkInterfaces');
    return { state: { groups: listAt(found, 'Groups').map((group) => textAt(group, 'GroupId')) } };
  },
  intend(details, _, { state }) {
    const groups = [details.securityGroup];
    if (JSON.stringify(state.groups) === JSON.stringify(groups))
      return obstacle('isolated-already', 'it has that group alone');
    return { kind: 'calls', calls: [setGroups(details, groups)], after: { groups } };
  },
  revert(details, _, { groups }) {
    return Array.isArray(groups) && groups.length > 0 ? [setGroups(details, groups)] : [];
  },
};

function setGroups({ networkInterface }: Details, Groups: readonly Json[]): ApiCall {
  const input = { NetworkInterfaceId: networkInterface, Groups };
  return { operation: 'ec2:ModifyNetworkInterfaceAttribute', power: 'edit', input };
}
