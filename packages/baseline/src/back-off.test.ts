import { describe, expect, it } from 'vitest';
import { surprisalAmongOthers } from './back-off.ts';
import { emptyGroup, type Group } from './population.ts';

const VALUE = 42;

function group(actors: number, users: number): Group {
  const made = emptyGroup();
  made.actors = actors;
  if (users > 0) made.users.action.set(VALUE, users);
  return made;
}

const bits = (peers: Group | undefined, account: Group) => surprisalAmongOthers('action', VALUE, peers, account);

describe('surprisalAmongOthers', () => {
  it.each([
    { peers: group(11, 11), account: group(310, 11), below: 1, why: 'all peers use it' },
    { peers: group(11, 0), account: group(310, 309), below: 3, why: 'only the peers do not' },
  ])('reassures: $why', ({ peers, account, below }) => {
    expect(bits(peers, account)).toBeLessThan(below);
  });

  it('surprises most where nobody uses it, and more in a larger account', () => {
    expect(bits(group(11, 0), group(310, 0))).toBeGreaterThan(15);
    expect(bits(group(11, 0), group(310, 0))).toBeGreaterThan(bits(group(11, 0), group(20, 0)));
  });

  it('each further user lowers it', () => {
    for (let users = 0; users < 11; users++) {
      expect(bits(group(11, users + 1), group(310, users + 1))).toBeLessThan(bits(group(11, users), group(310, users)));
    }
  });

  it('counts a hundred peers like thirty: one user among them is not comfort', () => {
    expect(bits(group(3000, 1), group(3000, 1))).toBeGreaterThan(10);
  });

  it('leans on the account where there are no peers', () => {
    expect(bits(undefined, group(0, 0))).toBeCloseTo(-Math.log2(2 / 300 / 2), 10);
  });
});
