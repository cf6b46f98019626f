import { DAY_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { attackedWorld, describeOrganization, labelsOfAttacks } from './attacked-world.ts';
import { noisyStory, silentStory, smallOrganization } from './testing/small-organization.ts';

const organization = smallOrganization({ days: 8 });
const world = attackedWorld({
  organization,
  stories: [noisyStory, silentStory],
  network: labNetworks(),
  seed: 5,
  attacks: 4,
  loudness: ['loud', 'quiet'],
});
const records = [...world.records()];
const labels = labelsOfAttacks(world.attacks);

it('leaves all that is benign as it was, in order of time', () => {
  const times = records.map(({ time }) => time);

  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(records.filter(({ label }) => label === undefined)).toEqual([...simulate(organization, 5)]);
});

it('labels every event of every attack and no other', () => {
  const labelled = records.filter(({ label }) => label !== undefined);

  expect(world.attacks).toHaveLength(4);
  expect(Object.keys(labels.events).toSorted()).toEqual(labelled.map(({ record }) => record.eventID).toSorted());
  expect(new Set(Object.values(labels.events).map(({ attack }) => attack))).toEqual(
    new Set(world.attacks.map(({ id }) => id)),
  );
  expect(Math.min(...labelled.map(({ time }) => time))).toBeGreaterThanOrEqual(organization.start + 4 * DAY_MS);
});

it('tells of the organization what JSON can hold', () => {
  const described = describeOrganization(organization);

  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  expect(described.members).toHaveLength(12);
});
