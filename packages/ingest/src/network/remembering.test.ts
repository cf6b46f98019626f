import type { Network } from '@portcullis/event';
import { expect, it } from 'vitest';
import { remembering } from './remembering.ts';

function counted() {
  const asked: string[] = [];
  const look = remembering((address): Network => {
    asked.push(address);
    return { kind: 'unknown', address, prefix: address };
  }, 20);
  return { asked, look };
}

it('asks once for an address in use, however many others come by', () => {
  const { asked, look } = counted();

  const first = look('busy');
  for (let other = 0; other < 200_000; other++) {
    look(`address ${other}`);
    if (other % 10_000 === 0) expect(look('busy')).toBe(first);
  }

  expect(asked.filter((address) => address === 'busy')).toHaveLength(1);
});

it('forgets an address that others have pushed out, so that memory is bounded', () => {
  const { asked, look } = counted();

  look('gone');
  for (let other = 0; other < 2 * 32_768; other++) look(`address ${other}`);
  look('gone');

  expect(asked.filter((address) => address === 'gone')).toHaveLength(2);
});

it('remembers no text longer than it was told', () => {
  const { asked, look } = counted();
  const long = 'x'.repeat(21);

  look(long);
  look(long);

  expect(asked).toEqual([long, long]);
});
