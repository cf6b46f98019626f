import { describe, expect, it } from 'vitest';
import { read } from '../../calls/call.ts';
import { randomStream } from '../../random.ts';
import { awsService } from '../../record/caller.ts';
import { type Ground, noted, performed, unusedName } from './ground.ts';
import { settled } from './organization.ts';

const { ground: plain } = settled({ seed: 1, actors: 20, days: 5, half: 'tuning' });
const [site] = plain.sites;
const [team] = plain.teams;
if (site === undefined || team === undefined) throw new Error('no site or team');
const [caller, random] = [awsService(site.account, 'lambda.amazonaws.com'), randomStream('test')];
const queue = read('sqs', 'GetQueueAttributes');

describe('noted', () => {
  const ground: Ground = {
    ...plain,
    renames: [{ service: 'sqs', before: 'GetQueueAttributes', after: 'GetQueueAttributesV2', at: 1000 }],
  };

  it.each([
    { call: queue, time: 999, names: ['GetQueueAttributes'], why: 'not renamed yet' },
    { call: queue, time: 1000, names: ['GetQueueAttributesV2'], why: 'renamed for everybody' },
    { call: { ...queue, service: 'sns' }, time: 2000, names: ['GetQueueAttributes'], why: 'of another service' },
    { call: { ...queue, service: 'unlogged', data: true }, time: 2000, names: [], why: 'a data event nobody logs' },
  ])('$names ($why)', ({ call, time, names }) => {
    const records = noted(ground, site, caller, call, time, random);

    expect(records.map(({ record }) => record.eventName)).toEqual(names);
  });
});

describe('performed', () => {
  const viewpoint = { site, team, taste: 'test' };
  const scene = { caller, viewpoint, scope: plain.estate.scope(viewpoint, 0) };
  const task = { weight: 1, steps: [plain.culture.pool.catalog.one('ec2:DescribeVpcs')] };

  it('spells a refusal as the service does, and gives no response', () => {
    const [refused] = performed(plain, { ...task, refused: 1 }, scene, plain.culture.start, 10, random);

    expect(refused?.record).toMatchObject({ errorCode: 'Client.UnauthorizedOperation', responseElements: null });
  });

  it('goes where the task says', () => {
    const [elsewhere] = performed(plain, { ...task, region: 'sa-east-1' }, scene, plain.culture.start, 10, random);

    expect(elsewhere?.record.awsRegion).toBe('sa-east-1');
  });
});

it('gives a name only once in an account', () => {
  const names = [1, 2, 3].map(() => unusedName(plain, site, (further) => ['one', ...further].join('-')));

  expect(names).toEqual(['one', 'one-2', 'one-3']);
});
