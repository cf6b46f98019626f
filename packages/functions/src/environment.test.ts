import { ConfigurationError } from '@portcullis/config';
import { expect, it } from 'vitest';
import { readEnvironment, VARIABLES } from './environment.ts';

const good = Object.fromEntries(Object.values(VARIABLES).map(({ name, example }) => [name, example]));
const all = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];

it('takes the values that its messages recommend', () => {
  expect(readEnvironment(good, all)).toEqual({
    account: '123456789012',
    feed: ['portcullis-production-trail'],
    signingKey: expect.stringMatching(/^arn:aws:kms:/),
    memberRole: 'portcullis-production-member',
    networkTable: '/opt/network.bin',
    logGroups: ['aws-cloudtrail-logs'],
    logOwners: ['123456789012'],
    trail: { bucket: 'example-trail-logs', prefix: 'AWSLogs/' },
    flows: { bucket: 'example-flow-logs', prefix: 'AWSLogs/' },
    functions: 'portcullis-production-',
    schedules: {
      group: 'portcullis-production-response',
      roleArn: expect.stringMatching(/^arn:aws:iam::.*-response-clock$/),
    },
    ledgerBucket: expect.stringMatching(/^portcullis-production-ledger-/),
  });
});

it('asks for what a handler needs only', () => {
  expect(readEnvironment({}, [])).toMatchObject({ networkTable: '', logGroups: [] });
});

it('lets a bucket be read as a whole', () => {
  expect(readEnvironment({ ...good, PORTCULLIS_TRAIL_PREFIX: '' }, all).trail.prefix).toBe('');
});

it.each([
  {
    value: undefined,
    says: 'PORTCULLIS_LOG_GROUPS: is not set; takes a value like ["aws-cloudtrail-logs"]',
    why: 'missing',
  },
  { value: '', says: 'PORTCULLIS_LOG_GROUPS: is empty', why: 'empty' },
  { value: 'aws-cloudtrail-logs', says: 'PORTCULLIS_LOG_GROUPS: is aws-cloudtrail-logs', why: 'no JSON' },
  { value: '[]', says: 'PORTCULLIS_LOG_GROUPS: is []', why: 'nobody to believe' },
  { value: '[1]', says: 'PORTCULLIS_LOG_GROUPS: is [1]', why: 'no text' },
])('says "$says" ($why)', ({ value, says }) => {
  const variables = { ...good, PORTCULLIS_LOG_GROUPS: value };

  expect(() => readEnvironment(variables, all)).toThrow(ConfigurationError);
  expect(() => readEnvironment(variables, all)).toThrow(says);
});

it('names everything that is wrong at once', () => {
  expect(() => readEnvironment({}, all)).toThrow(/NETWORK_TABLE.*LOG_GROUPS.*LOG_OWNERS.*TRAIL_BUCKET.*TRAIL_PREFIX/s);
});
