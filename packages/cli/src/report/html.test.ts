import { expect, it } from 'vitest';
import { html, scriptJson, trusted } from './html.ts';

it.each([
  { text: '<script>alert(1)</script>', shown: '&lt;script&gt;alert(1)&lt;/script&gt;', why: 'an element' },
  { text: '" onload="x', shown: '&quot; onload=&quot;x', why: 'the end of an attribute' },
  { text: "' x", shown: '&#39; x', why: 'the other quote' },
  { text: '&lt;', shown: '&amp;lt;', why: 'an entity shows as it is written' },
  { text: 'a\u202eb', shown: 'a\\u{202e}b', why: 'would reverse what follows' },
  { text: '\x1b[2J', shown: '\\u{1b}[2J', why: 'control characters show' },
])('escapes $text ($why)', ({ text, shown }) => {
  expect(html`<p title="${text}">${text}</p>`.markup).toBe(`<p title="${shown}">${shown}</p>`);
});

it('takes markup as it is, alone and in lists, and nothing for what is absent', () => {
  expect(html`${html`<b>${'<'}</b>`}${[html`1`, undefined, trusted('<i>')]}${undefined}${0}`.markup).toBe(
    '<b>&lt;</b>1<i>0',
  );
});

it('lets no JSON end its script, and keeps its value', () => {
  const value = { text: '</script><!--<script>\u2028\u2029&amp;' };

  const { markup } = scriptJson(value);

  expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(markup)).toEqual(value);
});
