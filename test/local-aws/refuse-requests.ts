import { Readable } from 'node:stream';
import type { ClientSettings } from '@portcullis/aws';

/** Refusals on the wire, in the protocol of whichever service is asked. */
export interface Refusals {
  /** The next request is answered by a refusal instead of being sent. */
  refuseNext(): void;
  /** The request after so many that go through. */
  refuseAfter(passing: number): void;
  /** So many requests from now on are too many. */
  throttle(requests: number): void;
  /** Requests so far, refused ones too. */
  readonly count: number;
}

type Handle = ClientSettings['requestHandler']['handle'];
type HttpRequest = Parameters<Handle>[0];

/** Puts itself between the clients of these settings and the network. */
export function refuseRequests({ requestHandler }: ClientSettings): Refusals {
  const handle = requestHandler.handle.bind(requestHandler);
  let passing = Number.POSITIVE_INFINITY;
  let throttled = 0;
  let count = 0;
  requestHandler.handle = async (request, options) => {
    count += 1;
    if (throttled > 0) {
      throttled -= 1;
      return { response: refusal(request, 'Throttling') };
    }
    if (passing > 0) {
      passing -= 1;
      return handle(request, options);
    }
    passing = Number.POSITIVE_INFINITY;
    return { response: refusal(request) };
  };
  const refuseAfter = (requests: number) => {
    passing = requests;
  };
  return {
    refuseNext: () => refuseAfter(0),
    refuseAfter,
    throttle: (requests) => {
      throttled = requests;
    },
    get count() {
      return count;
    },
  };
}

/** Codes as the services say them. */
export function refusalCode(operation: string): string {
  if (operation.startsWith('ec2:')) return 'UnauthorizedOperation';
  return operation.startsWith('iam:') || operation.startsWith('sts:') ? 'AccessDenied' : 'AccessDeniedException';
}

function refusal({ headers, body }: HttpRequest, code?: string) {
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (!isQuery) {
    return response('{"message":"not you"}', {
      'content-type': 'application/json',
      'x-amzn-errortype': code ?? 'AccessDeniedException',
    });
  }
  const isEc2 = String(body).includes('Version=2016-11-15');
  const error = (usual: string) => `<Error><Code>${code ?? usual}</Code><Message>not you</Message></Error>`;
  const xml = isEc2
    ? `<Response><Errors>${error('UnauthorizedOperation')}</Errors><RequestID>r</RequestID></Response>`
    : `<ErrorResponse>${error('AccessDenied')}<RequestId>r</RequestId></ErrorResponse>`;
  return response(xml, { 'content-type': 'text/xml' });
}

function response(body: string, headers: Record<string, string>) {
  return { statusCode: 403, reason: 'Forbidden', headers, body: Readable.from([Buffer.from(body)]) };
}
