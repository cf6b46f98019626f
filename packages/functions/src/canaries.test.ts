import { defaultSettings } from '@portcullis/config/defaults';
import type { Canary } from '@portcullis/pipeline/live';
import { expect, it } from 'vitest';
import { callCanaries, canariesOf } from './canaries.ts';

const home = { account: '123456789012', region: 'eu-west-1' };

it.each([
  {
    deploy: { regions: ['eu-central-1', 'us-east-1'] },
    own: ['210987654321'],
    places: ['123456789012 eu-west-1', '123456789012 us-east-1', '123456789012 eu-central-1'],
    why: 'one account; others of the organization are not read here',
  },
  {
    deploy: { scope: 'organization' as const },
    own: ['123456789012', '210987654321'],
    places: ['123456789012 eu-west-1', '123456789012 us-east-1', '210987654321 eu-west-1', '210987654321 us-east-1'],
    why: 'an organization',
  },
])('calls in $places ($why)', ({ deploy, own, places }) => {
  const settings = { ...defaultSettings, accounts: { own }, deploy: { ...defaultSettings.deploy, ...deploy } };

  expect(canariesOf(settings, home).map(({ account, region }) => `${account} ${region}`)).toEqual(places);
});

it('calls everywhere, whatever fails', async () => {
  const canaries = Array.from(
    { length: 30 },
    (_, number): Canary => ({ account: String(number), region: 'eu-west-1' }),
  );
  const called: string[] = [];

  const errors = await callCanaries(canaries, async ({ account }) => {
    called.push(account);
    if (account === '3') throw new Error('no such role');
  });

  expect(called).toHaveLength(30);
  expect(errors).toEqual(['canary in 3, eu-west-1: Error: no such role']);
});
