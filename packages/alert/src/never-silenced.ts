import type { Actor } from '@portcullis/event';
import { isBlinding } from '@portcullis/score';

/**
 * What no verdict, declaration, mute or suppression hides: roots, stopped or narrowed logs (also tried in
 * vain), and what its detector always tells, such as trust for strangers.
 *
 * In code and not in the settings: whoever can write settings must not be able to go blind quietly.
 */
export function isNeverSilenced(
  { detector, value, always }: { readonly detector: string; readonly value: string; readonly always: boolean },
  { root }: Actor,
): boolean {
  return always || root || (detector === 'log-tampering' && isBlinding(value));
}
