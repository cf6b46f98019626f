import { expect, it } from 'vitest';
import { outcomeOf } from './call-outcome.ts';

it.each([
  { code: '', outcome: 'success', why: 'no code' },
  { code: 'AccessDenied', outcome: 'denied', why: 'S3, STS, IAM' },
  { code: 'AccessDeniedException', outcome: 'denied', why: 'JSON services' },
  { code: 'UnauthorizedOperation', outcome: 'denied', why: 'EC2, bare' },
  { code: 'Client.UnauthorizedOperation', outcome: 'denied', why: 'EC2' },
  { code: 'Server.UnauthorizedOperation', outcome: 'denied', why: 'any prefix' },
  { code: 'Client.AccessDenied', outcome: 'denied', why: '*.AccessDenied' },
  { code: 'NotAuthorized', outcome: 'denied', why: 'short spelling' },
  { code: 'AuthorizationError', outcome: 'denied', why: 'SNS' },
  { code: 'VpceAccessDenied', outcome: 'denied', why: 'network activity event' },
  { code: 'ThrottlingException', outcome: 'error', why: 'too fast, but allowed' },
  { code: 'NoSuchBucketPolicy', outcome: 'error', why: 'nothing there' },
  { code: 'Client.InvalidRouteTableID.NotFound', outcome: 'error', why: 'two dots' },
  { code: 'AccessDeniedByNobody', outcome: 'error', why: 'only a prefix of a refusal' },
  { code: 'accessdenied', outcome: 'error', why: 'AWS writes capitals' },
] as const)('$code is $outcome ($why)', ({ code, outcome }) => {
  expect(outcomeOf(code)).toBe(outcome);
});
