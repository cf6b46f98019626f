import type { ResponsePolicyInput } from '@portcullis/config';
import { packedValue, unpackedValue } from '../packed-value.ts';

const SHORTEN = 'shorten lists of principals, or name them by pattern';

/** A response policy as it is kept in a parameter. @throws {ConfigurationError} where it does not fit */
export function responsePolicyParameter(policy: ResponsePolicyInput): string {
  return packedValue('policy', policy, SHORTEN);
}

/** A policy as it comes out of a parameter, unchecked. @throws {ConfigurationError} where there is none */
export function responsePolicyIn(value: string, name: string): unknown {
  return unpackedValue('policy', value, name);
}
