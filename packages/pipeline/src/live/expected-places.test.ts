import { defaultSettings } from '@portcullis/config/defaults';
import { expect, it } from 'vitest';
import { expectedPlaces } from './expected-places.ts';

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
])('expects to hear of $places ($why)', ({ deploy, own, places }) => {
  const settings = { ...defaultSettings, accounts: { own }, deploy: { ...defaultSettings.deploy, ...deploy } };

  expect(expectedPlaces(settings, home).map(({ account, region }) => `${account} ${region}`)).toEqual(places);
});
