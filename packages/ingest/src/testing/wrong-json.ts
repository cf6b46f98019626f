import type { Choices } from './mutate.ts';

/** What may take the place of a value: JSON of every odd form, and what is nearly JSON. */
const ODD_VALUES = [
  '01',
  '1.',
  '.5',
  '-',
  '-0',
  '1e',
  '1e5',
  '1E+2',
  '+1',
  'NaN',
  'tru',
  'true',
  'null',
  '"',
  '""',
  '"\\"',
  '"\\x41"',
  '"\\u00"',
  '"\\u0041"',
  '"\\ud800"',
  '"\\\\"',
  '"a\u0000b"',
  '"tab\tinside"',
  '"ä🚀"',
  '{}',
  '[]',
  '[1,]',
  '{"a":1,}',
  '{"__proto__":{"eventName":"x"}}',
  '{"a" : 1}',
  ' 1',
  `${'['.repeat(29)}${']'.repeat(29)}`,
  `${'['.repeat(40)}${']'.repeat(40)}`,
  `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
  `"${'x'.repeat(5000)}"`,
];

/** Members to put in front of others: twice there, spelled with an escape, or taken for something else. */
const ODD_MEMBERS = [
  '"eventName":"Twice",',
  '"eventTime":"2026-05-05T05:05:18Z",',
  '"\\u0065ventName":"Escaped",',
  '"__proto__":{"eventName":"x"},',
  '"eventSource":"aws:s3",',
  '"eventSource":null,',
  '"userIdentity":"{\\"type\\":\\"Root\\"}",',
  '"userIdentity":{"type":"Root"},',
  '"requestParameters":{"roleName":"a","roleName":"b","role\\u004eame":"c"},',
  '"requestParameters":[{"roleName":"a"}],',
  '"recipientAccountId":111122223333,',
  '"eventID":"",',
  '"errorCode":"AccessDenied",',
  '"":0,',
];

/** JSON with a few of its values, members or bytes changed: at times still JSON, at times just not. */
export function wrongJson(choices: Choices, bytes: Buffer): Buffer {
  let text = bytes.toString('latin1');
  for (let left = 1 + choices.below(3); left > 0; left--) text = changed(choices, text);
  return Buffer.from(text, 'latin1');
}

function changed(choices: Choices, text: string): string {
  const at = choices.below(text.length + 1);
  switch (choices.below(6)) {
    case 0:
      return replacedAfter(text, at, /:(?:"[^"]*"|[\w.+-]+)/g, () => `:${bytesOf(choices.oneOf(ODD_VALUES))}`);
    case 1:
      return replacedAfter(text, at, /[{,]"/g, (found) => `${found[0]}${bytesOf(choices.oneOf(ODD_MEMBERS))}"`);
    case 2:
      return text.slice(0, at);
    case 3:
      return (
        text.slice(0, at) +
        choices.oneOf(['"', '\\', ',', ':', '{', '}', '[', ']', '\n', '\x00', ' ', '0']) +
        text.slice(at)
      );
    case 4:
      return text.slice(0, at) + text.slice(at + 1 + choices.below(40));
    default:
      return text.slice(0, at) + String.fromCharCode(choices.below(256)) + text.slice(at + 1);
  }
}

/** The first match at or behind `at` replaced; the text as it is where there is none. */
function replacedAfter(text: string, at: number, pattern: RegExp, replacement: (found: string) => string): string {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) return text;
  return text.slice(0, found.index) + replacement(found[0]) + text.slice(found.index + found[0].length);
}

/** UTF-8 as one character per byte, which the text above is in. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
