import { expect, it } from 'vitest';
import { type Actor, preferredActor } from './actor.ts';

function anActor(fields: Partial<Actor> = {}): Actor {
  return {
    id: '111122223333/role/AROAEXAMPLE',
    kind: 'role',
    account: '111122223333',
    name: 'orders',
    peerGroup: 'role',
    revocable: true,
    root: false,
    ...fields,
  };
}

it.each([
  { winner: { peerGroup: 'role/ec2' }, loser: {}, why: 'the narrower peer group' },
  { winner: { arn: 'arn:aws:iam::1:role/orders' }, loser: {}, why: 'an ARN over none' },
  { winner: { role: 'arn:aws:iam::1:role/orders' }, loser: {}, why: 'a role over none' },
  { winner: { name: 'orders' }, loser: { name: 'billing' }, why: 'by text where nothing else tells them apart' },
])('prefers $winner in either order ($why)', ({ winner, loser }) => {
  const one = anActor(winner);
  const other = anActor(loser);

  expect(preferredActor(one, other)).toBe(one);
  expect(preferredActor(other, one)).toBe(one);
});
