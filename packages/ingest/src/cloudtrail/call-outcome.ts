import type { Outcome } from '@portcullis/event';

/** Refusals whose code does not follow the pattern `[Prefix.]AccessDenied` or `[Prefix.]UnauthorizedOperation`. */
const DENIED_CODES = new Set([
  'AccessDeniedException',
  'AccessDeniedFault',
  'NotAuthorized',
  // SNS and Auto Scaling
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedException',
  'NotAuthorizedException',
  'ForbiddenException',
  // Network activity events: the endpoint's policy refused
  'VpceAccessDenied',
]);

/**
 * Folds AWS's many spellings of a refusal into `denied`; every other error code is `error`.
 *
 * An empty code is a success. Services disagree on the name: EC2 prefixes with `Client.`, S3 says
 * `AccessDenied`, JSON services append `Exception`.
 */
export function outcomeOf(errorCode: string): Outcome {
  if (errorCode === '') return 'success';
  const bare = errorCode.slice(errorCode.lastIndexOf('.') + 1);
  if (bare === 'AccessDenied' || bare === 'UnauthorizedOperation' || DENIED_CODES.has(bare)) return 'denied';
  return 'error';
}
