import type { EpochIndex } from '@portcullis/event';

/** A connection, or several alike, of one minute; as seen from who opened it. */
export interface SimulatedFlow {
  readonly minute: number;
  /** The other end; `inbound` where the other end opened it. */
  readonly peer: string;
  readonly port: number;
  readonly protocol?: 6 | 17;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly accepted: boolean;
  readonly inbound?: boolean;
}

/** A request, by what its API's access log tells. */
export interface SimulatedRequest {
  readonly second: number;
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly address: string;
  readonly agent: string;
  readonly caller: string | undefined;
  readonly key: string | undefined;
  /** Request id of the run of the function behind it. */
  readonly run: string | undefined;
}

/** What leaves traffic: a function's or an instance's interface, or an API. */
export interface Site {
  /** As alerts name it. */
  readonly name: string;
  readonly kind: 'function' | 'instance' | 'api';
  readonly account: string;
  readonly region: string;
  /** Of the member behind it. */
  readonly memberId: string;
  readonly interfaceId: string;
  readonly address: string;
  readonly instanceId: string | undefined;
  readonly apiId: string;
}

/** An hour of one site. */
export interface SiteHour {
  readonly site: Site;
  readonly epoch: EpochIndex;
  readonly flows: readonly SimulatedFlow[];
  readonly requests: readonly SimulatedRequest[];
}
