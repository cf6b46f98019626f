import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { evaluationHtml } from './evaluation-html.ts';
import { evaluationText } from './evaluation-text.ts';

const sections = [
  {
    title: 'False <alerts>',
    head: ['actor'],
    rows: [['<script>alert(1)</script>\u001b[2J']],
    notes: ['a & b'],
  },
];

it('escapes what comes from logs', () => {
  const page = evaluationHtml(sections);

  expect(page).toContain('<td>&lt;script&gt;alert(1)&lt;/script&gt;\\u{1b}[2J</td>');
  expect(page).toContain('<h2>False &lt;alerts&gt;</h2>');
  expect(page).not.toContain('<script');
});

it('allows nothing but its own style', () => {
  const page = evaluationHtml(sections);
  const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];

  expect(policy).toContain('default-src &#39;none&#39;');
  expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
  expect(page).not.toMatch(/\b(src|href|style|on\w+)=/);
});

it('shows control characters in the terminal too', () => {
  const text = evaluationText(sections);

  expect(text).toContain('\\u{1b}[2J');
  expect(text).not.toContain('\u001b[2J');
  expect(text.endsWith('a & b\n')).toBe(true);
});
