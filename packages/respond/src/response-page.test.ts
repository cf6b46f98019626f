import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CUT_TRAITS } from './cut-traits.ts';

const page = readFileSync(new URL('../../../docs/response.md', import.meta.url), 'utf8');
const rows = new Map(
  [...page.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| (\w+) \| (\w+) \| ([^|]+) \|$/gm)].map(
    ([, action = '', undone, ends, starts]) => [action, { undone, ends, starts }] as const,
  ),
);

it.each(Object.entries(CUT_TRAITS))(
  'docs/response.md says of %s what the code says',
  (action, { reversible, expiry, approval }) => {
    expect(rows.get(action)).toEqual({
      undone: reversible,
      ends: expiry === 'automatic' ? 'yes' : 'never',
      starts: approval === 'always' ? 'by a person' : 'by rule',
    });
  },
);
