import type { EpochMs } from './time.ts';

/** One end of a flow. */
export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

/** What VPC flow logs tell of one network interface and one pair of ends, over a minute or ten. */
export interface FlowEvent {
  readonly source: 'vpc-flow';
  /** A hash of the line: flow logs have no ids. */
  readonly id: string;
  /** When the first packet was seen. */
  readonly time: EpochMs;
  readonly end: EpochMs;
  readonly account: string;
  readonly interfaceId: string;
  /** As the packets say it, where the log tells; else as the interface does. */
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  /** IANA protocol number: 6 is TCP. */
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: number;
  readonly accepted: boolean;
  readonly direction: 'ingress' | 'egress' | undefined;
  /** Flags of all packets of `from`, joined; AWS tells ACK only beside SYN. */
  readonly tcpFlags: number | undefined;
  readonly vpcId: string | undefined;
  readonly subnetId: string | undefined;
  readonly instanceId: string | undefined;
}
