import type { EpochMs } from './time.ts';

/** One request to an API, as its access log tells it. */
export interface ApiEvent {
  readonly source: 'api-gateway';
  /** The request's own id. */
  readonly id: string;
  readonly time: EpochMs;
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  /** `GET /orders/{id}`; `$default` where no route was met. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** ARN, or what the authorizer calls the caller; absent where nobody was asked who it is. */
  readonly caller: string | undefined;
  readonly apiKeyId: string | undefined;
  readonly authorizerError: string | undefined;
  readonly responseBytes: number | undefined;
  readonly latencyMs: number | undefined;
  /** Request id of the function behind it. */
  readonly integrationRequestId: string | undefined;
}
