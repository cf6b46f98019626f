import { printable } from '../terminal-text.ts';

/** Markup that needs no more escaping. Only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

export type HtmlValue = string | number | Html | undefined | readonly (Html | undefined)[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Markup with every inserted text escaped, so that nothing from a log can become markup.
 *
 * Attributes must be quoted. Control and format characters are shown, as in the terminal: a name that reverses
 * the direction of reading would lie in a browser too. `undefined` is nothing.
 *
 * @example
 * html`<p title="${'"<b>'}">${3}</p>`.markup; // => '<p title="&quot;&lt;b&gt;">3</p>'
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.reduce((markup, part, index) => markup + markupOf(values[index - 1]) + part) };
}

/** Markup of our own making: styles, scripts, numbers of a drawing. Never text of a log. */
export function trusted(markup: string): Html {
  return { markup };
}

/** JSON inside a script element: no text in it can end the element, open a comment or break a line of script. */
export function scriptJson(value: unknown): Html {
  return trusted(
    JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return printable(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  if ('markup' in value) return value.markup;
  return value.map(markupOf).join('');
}
