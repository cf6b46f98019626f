import { readFileSync } from 'node:fs';
import { type AlertPatternOptions, alertPattern } from '@portcullis/contract/pattern';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/subscribe.md', import.meta.url), 'utf8');
/** Options as the table shows them: object literals of texts, numbers, lists and booleans. */
const rows = [...page.matchAll(/^\| (.+) \| `(\{.*\})` \|$/gm)].map(([, want = '', code = '']) => ({
  want,
  options: JSON.parse(code.replaceAll(/([{,]\s*)(\w+):/g, '$1"$2":').replaceAll("'", '"')) as AlertPatternOptions,
}));

describe('docs/subscribe.md', () => {
  it('shows patterns of many kinds', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('has options that make a pattern: $want', ({ options }) => {
    expect(alertPattern(options).source).toEqual(['portcullis']);
  });

  it('shows the pattern that its options make', () => {
    const shown = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

    expect(JSON.parse(shown)).toEqual(
      alertPattern({ minSeverity: 'HIGH', minScore: 80, accounts: ['123456789012'], answered: false }),
    );
  });
});
