import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { defaultSettings } from '@portcullis/config';
import { DAY_MS } from '@portcullis/event';
import { afterAll, describe, expect, it } from 'vitest';
import { randomStream } from '../random.ts';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { evaluateRecordings } from './evaluate-recordings.ts';
import { injectRecording } from './inject-recording.ts';
import { type RecordedEvent, readAttacks, readBackground } from './read-recordings.ts';
import { recordedPrincipals } from './recorded-principals.ts';
import { noisyStory, smallOrganization } from './testing/small-organization.ts';

const organization = smallOrganization({ days: 6, members: 4 });
const background: RecordedEvent[] = [...simulate(organization, 1)];
const elsewhere = smallOrganization({ days: 6, members: 1 });
const told = noisyStory.tell({
  organization: elsewhere,
  victim: elsewhere.members[0] ?? expect.fail('nobody'),
  at: elsewhere.start + 5 * DAY_MS,
  loudness: 'loud',
  random: randomStream('recorded'),
});
/** The same, as recorded in another account by a tool that gives itself away. */
const recording = {
  id: 'aws.persistence.keys',
  events: told.map(({ time, record }) => ({
    time,
    record: {
      ...record,
      recipientAccountId: '999999999999',
      awsRegion: 'eu-north-1',
      userIdentity: { ...record.userIdentity, accountId: '999999999999' },
      requestParameters: {
        userName: 'stratus-red-team-user',
        role: 'arn:aws:iam::999999999999:role/x',
        trusted: 'arn:aws:iam::123456789012:root',
        cidr: '93.184.216.34/0',
        place: 'eu-north-1a',
      },
    },
  })),
};
const [victim = expect.fail('nobody')] = recordedPrincipals(background);

describe('principals of a background', () => {
  it('are callers of their own accord, busiest first, by role and not by session', () => {
    const principals = recordedPrincipals(background);

    expect(principals.map(({ arn }) => arn).toSorted()).toEqual(
      organization.members.map(({ principalName }) => `arn:aws:iam::111122223333:role/${principalName}`),
    );
    const counts = principals.map(({ times }) => times.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it('are not what a service does for them', () => {
    const through = background.map(({ time, record }) => ({
      time,
      record: { ...record, userIdentity: { ...record.userIdentity, invokedBy: 'athena.amazonaws.com' } },
    }));

    expect(recordedPrincipals(through)).toEqual([]);
  });
});

describe('an injected recording', () => {
  const at = organization.start + 4 * DAY_MS;
  const inject = (side: 'own' | 'foreign') =>
    injectRecording(recording, victim, { at, side, random: randomStream('inject', side) });
  const [first, ...others] = inject('own');

  it('is the victim’s, with gaps as recorded', () => {
    expect(first?.record).toMatchObject({
      recipientAccountId: '111122223333',
      awsRegion: 'us-east-1', // IAM
      sourceIPAddress: victim.address,
      userAgent: victim.userAgent,
      userIdentity: victim.identityAt(at),
      eventName: recording.events[0]?.record.eventName,
    });
    const gaps = (events: readonly { time: number }[]) => events.map(({ time }) => time - (events[0]?.time ?? 0));
    expect(gaps([first ?? expect.fail('empty'), ...others])).toEqual(gaps(recording.events));
    expect(first?.time).toBe(at);
  });

  it('names the victim’s account and region wherever the recorded ones stood, and other accounts as they were', () => {
    expect(first?.record.requestParameters).toEqual({
      userName: 'app-user',
      role: 'arn:aws:iam::111122223333:role/x',
      trusted: 'arn:aws:iam::123456789012:root',
      cidr: '0.0.0.0/0',
      place: 'eu-west-1a',
    });
  });

  it('has ids of its own', () => {
    const ids = new Set([...inject('own'), ...told].map(({ record }) => record.eventID));

    expect(ids.size).toBe(2 * told.length);
  });

  it('may come from elsewhere, with another tool', () => {
    for (const { record } of inject('foreign')) {
      expect(record.sourceIPAddress).not.toBe(victim.address);
      expect(record.userAgent).not.toBe(victim.userAgent);
    }
  });
});

describe('recordings on disk', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const records = background.slice(0, 20).map(({ record }) => record);
  const write = (name: string, text: string | Buffer) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const ids = (events: readonly RecordedEvent[]) => events.map(({ record }) => record.eventID).toSorted();
  const all = records.map(({ eventID }) => eventID).toSorted();

  it.each([
    { form: 's3/a.json.gz', text: gzipSync(JSON.stringify({ Records: records })) },
    { form: 'array/a.json', text: JSON.stringify(records) },
    { form: 'lines/a.ndjson', text: records.map((record) => JSON.stringify(record)).join('\n') },
    {
      form: 'lookup/a.json',
      text: JSON.stringify(records.map((record) => ({ CloudTrailEvent: JSON.stringify(record) }))),
    },
    { form: 'bridge/a.jsonl', text: records.map((record) => JSON.stringify({ detail: record })).join('\n') },
    {
      form: 'shipped/a.ndjson',
      text: records.map(({ eventTime, ...rest }) => JSON.stringify({ ...rest, '@timestamp': eventTime })).join('\n'),
    },
    { form: 'twice/a.json', text: JSON.stringify([...records, ...records]) },
  ])('are read from $form', ({ form, text }) => {
    write(form, text);

    expect(ids(readBackground(path.join(folder, path.dirname(form))))).toEqual(all);
  });

  it('are told apart by their labels', () => {
    const label = (index: number) =>
      index < 3
        ? { label: 'attack', technique: 'one' }
        : index < 5
          ? { label: 'attack', technique: 'two' }
          : { label: 'infra' };
    write('labelled/a.json', JSON.stringify(records));
    write(
      'labelled/labels.json',
      JSON.stringify({ events: Object.fromEntries(records.map(({ eventID }, index) => [eventID, label(index)])) }),
    );
    const from = path.join(folder, 'labelled');

    expect(readAttacks(from).map(({ id, events }) => [id, events.length])).toEqual([
      ['one', 3],
      ['two', 2],
    ]);
    expect(readBackground(from)).toHaveLength(15);
  });

  it('without labels are one attack a file', () => {
    write('files/b.json', JSON.stringify(records.slice(0, 2)));
    write('files/a.json', JSON.stringify(records.slice(2, 5)));

    expect(readAttacks(path.join(folder, 'files')).map(({ id, events }) => [id, events.length])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });
});

it('every recording meets every principal with a past, from both sides', async () => {
  const figures = await evaluateRecordings({
    background,
    attacks: [recording, recording],
    alertAfter: organization.start + 4 * DAY_MS - 1,
    seed: 1,
    budgets: [10],
    settings: defaultSettings,
    network: labNetworks(),
  });

  expect(figures.attacks).toHaveLength(2 * 4 * 2);
  expect(new Set(figures.attacks.map(({ id }) => id)).size).toBe(16);
  expect(figures.exposure).toMatchObject({ hundredActorWeeks: expect.closeTo((0.04 * 2) / 7, 2) });
  const found = figures.budgets[0]?.attacks.filter(({ found: how }) => how !== 'missed') ?? [];
  const foreign = figures.attacks.filter(({ manner }) => manner === 'foreign').map(({ id }) => id);
  expect(foreign.every((id) => found.some((attack) => attack.id === id))).toBe(true);
  expect(figures.budgets[0]?.falseAlerts).toEqual([]);
});
