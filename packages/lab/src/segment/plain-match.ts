/** A permission as EC2 has it, as far as the laboratory's worlds use them. */
interface Permission {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { readonly CidrIp: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId: string }[];
}

/**
 * Whether any of the permissions opens a TCP port to an IPv4 address; written for itself, so that it does not share the product's mistakes.
 *
 * @param groupOf - the group of whoever has the address
 */
export function allowsTcp(
  permissions: readonly object[],
  port: number,
  address: string,
  groupOf: (address: string) => string | undefined,
): boolean {
  return (permissions as readonly Permission[]).some(
    ({ IpProtocol, FromPort = 0, ToPort = 65_535, IpRanges = [], UserIdGroupPairs = [] }) =>
      (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort)) &&
      (IpRanges.some(({ CidrIp }) => isWithin(address, CidrIp)) ||
        UserIdGroupPairs.some(({ GroupId }) => groupOf(address) === GroupId)),
  );
}

function isWithin(address: string, cidr: string): boolean {
  const [network = '', length = '32'] = cidr.split('/');
  return bitsOf(address).slice(0, Number(length)) === bitsOf(network).slice(0, Number(length));
}

function bitsOf(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}
