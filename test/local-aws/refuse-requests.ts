import { Readable } from 'node:stream';
import type { ClientSettings } from '@portcullis/aws';

/** Refusals on the wire, in the protocol of whichever service is asked. */
export interface Refusals {
  /** The next request is answered by a refusal instead of being sent. */
  refuseNext(): void;
  /** Requests so far, refused ones too. */
  readonly count: number;
}

type Handle = ClientSettings['requestHandler']['handle'];
type HttpRequest = Parameters<Handle>[0];

/** Puts itself between the clients of these settings and the network. */
export function refuseRequests({ requestHandler }: ClientSettings): Refusals {
  const handle = requestHandler.handle.bind(requestHandler);
  let armed = false;
  let count = 0;
  requestHandler.handle = async (request, options) => {
    count += 1;
    if (!armed) return handle(request, options);
    armed = false;
    return { response: refusal(request) };
  };
  return {
    refuseNext: () => {
      armed = true;
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

function refusal({ headers, body }: HttpRequest) {
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (!isQuery) {
    return response('{"message":"not you"}', {
      'content-type': 'application/json',
      'x-amzn-errortype': 'AccessDeniedException',
    });
  }
  const isEc2 = String(body).includes('Version=2016-11-15');
  const error = (code: string) => `<Error><Code>${code}</Code><Message>not you</Message></Error>`;
  const xml = isEc2
    ? `<Response><Errors>${error('UnauthorizedOperation')}</Errors><RequestID>r</RequestID></Response>`
    : `<ErrorResponse>${error('AccessDenied')}<RequestId>r</RequestId></ErrorResponse>`;
  return response(xml, { 'content-type': 'text/xml' });
}

function response(body: string, headers: Record<string, string>) {
  return { statusCode: 403, reason: 'Forbidden', headers, body: Readable.from([Buffer.from(body)]) };
}
