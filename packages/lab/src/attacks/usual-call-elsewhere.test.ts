import { describe, expect, it } from 'vitest';
import { randomStream } from '../random.ts';
import { tale } from './tale.ts';
import { handMadeOrganization, WORLD_START } from './testing/hand-made-organization.ts';
import { kindsInHabits, usualCallElsewhere } from './usual-call-elsewhere.ts';

const organization = handMadeOrganization();
const memberOf = (kind: string) => {
  const found = organization.members.find((member) => member.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};

describe('kindsInHabits', () => {
  it.each([
    { kind: 'function', kinds: ['table', 'secret', 'bucket'], why: 'what its calls name' },
    { kind: 'scanner', kinds: [], why: 'owns nothing' },
    { kind: 'infrastructure', kinds: [], why: 'owns roles, which are not read for their content' },
  ])('of a $kind: $kinds ($why)', ({ kind, kinds }) => {
    expect(kindsInHabits(memberOf(kind))).toEqual(kinds);
  });
});

describe('usualCallElsewhere', () => {
  it('keeps action and form, and changes the name alone', () => {
    const victim = memberOf('function');
    const setting = {
      organization,
      victim,
      at: WORLD_START,
      loudness: 'quiet' as const,
      random: randomStream('elsewhere'),
    };
    const call = usualCallElsewhere(tale('a-story', 'test', setting), 'table', 'customers');

    expect(['GetItem', 'PutItem']).toContain(call.name);
    expect(call.request).toMatchObject({ tableName: 'customers', key: ['pk', 'sk'] });
    expect(JSON.stringify(call)).not.toContain('orders');
  });
});
