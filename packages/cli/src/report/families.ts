import type { EvidenceFamily } from '@portcullis/contract';

/** What a family is called on the page; its color goes by its name in the style sheet. */
export const FAMILY_NAMES: Readonly<Record<EvidenceFamily, string>> = {
  what: 'what it did',
  which: 'which resource',
  where: 'from where',
  'who-how': 'with what',
  when: 'when',
  change: 'change',
  'how-much': 'how much',
};
