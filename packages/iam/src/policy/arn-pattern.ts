import { fitsWildcard } from './wildcard-pattern.ts';

/** Partition, service, region and account; the rest is the resource, which may hold colons of its own. */
const HEAD_PARTS = 5;

const HEAD_PART = /^[a-z0-9-]*$/;
const SERVICE = /^[a-z0-9-]+$/;

/** `arn:aws:s3:::logs/*`: wildcards in the last part, and alone in place of region or account. */
export function isArnPattern(text: string): boolean {
  const parts = arnParts(text);
  if (parts === undefined) return false;
  const [prefix, partition, service, region, account] = parts.head;
  return (
    prefix === 'arn' &&
    SERVICE.test(partition ?? '') &&
    SERVICE.test(service ?? '') &&
    [region, account].every((part = '') => part === '*' || HEAD_PART.test(part)) &&
    isPlain(parts.resource)
  );
}

/**
 * Whether an ARN fits a pattern: part by part, so that a wildcard never reaches over a colon of the head.
 * IAM compares resources with regard to case.
 */
export function fitsArn(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const found = arnParts(arn);
  if (wanted === undefined || found === undefined) return false;
  return (
    wanted.head.every((part, index) => part === '*' || part === found.head[index]) &&
    fitsWildcard(wanted.resource, found.resource)
  );
}

/** A text without policy variables: one would mean another text at each request. */
function isPlain(text: string): boolean {
  return text !== '' && !text.includes('${') && !/[\s"\\]/.test(text);
}

function arnParts(text: string): { readonly head: readonly string[]; readonly resource: string } | undefined {
  const parts = text.split(':');
  if (parts.length <= HEAD_PARTS) return undefined;
  return { head: parts.slice(0, HEAD_PARTS), resource: parts.slice(HEAD_PARTS).join(':') };
}
