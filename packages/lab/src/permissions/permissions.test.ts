import { DAY_MS } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { createUsageCollector, readAuthorization, review } from '@portcullis/review';
import { describe, expect, it } from 'vitest';
import { hoursOfLogs } from '../evaluate/hours-of-logs.ts';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { organization } from '../worlds/organization/organization.ts';
import { allows } from './allows.ts';
import { heldPermissions } from './held-permissions.ts';

const DAYS = 24;
const world = organization({ seed: 31, actors: 20, days: DAYS, half: 'tuning', volume: 0.1 });
const collector = createUsageCollector();
const ingest = createIngest({ network: labNetworks() });
for (const { bytes } of hoursOfLogs(simulate(world, 31))) {
  for (const event of ingest.container(bytes).events) collector.observe(event);
}
const usage = collector.usage();
const details = heldPermissions(usage, 31, world.start - 400 * DAY_MS);
const principals = await readAuthorization({
  async *pages() {
    yield details;
  },
});

describe('the policies that an organization holds', () => {
  it('allow all that is done in it, and more', () => {
    let more = 0;
    for (const { key, policies } of principals) {
      const documents = policies.map(({ statements }) => ({ Statement: statements.map(written) }));
      for (const [action, { calls, things }] of usage.principals.get(key)?.actions ?? []) {
        if (calls === 0) continue;
        for (const thing of [undefined, ...things.keys()])
          expect(allows(documents, action, thing), `${key} ${action}`).toBe(true);
      }
      if (allows(documents, 'sagemaker:CreateDomain', undefined)) more += 1;
    }
    expect(principals.length).toBeGreaterThan(10);
    expect(more).toBeGreaterThan(0);
  });

  it('are the same for the same world', () => {
    expect(heldPermissions(usage, 31, world.start - 400 * DAY_MS)).toEqual(details);
  });
});

describe('a review of them', () => {
  const reviews = review(principals, usage, { minDays: DAYS - 5, margin: 'reads' });
  const proposals = reviews.filter((one) => one.kind === 'proposed' || one.kind === 'unused');

  it('breaks no observed call, by an evaluation that is not its own', () => {
    for (const { principal, documents, proposal } of proposals) {
      const untouched = proposal.untouched.flatMap(({ statements }) => statements.map(written));
      for (const [action, { calls, things, unknownThings }] of usage.principals.get(principal.key)?.actions ?? []) {
        if (calls === 0) continue;
        for (const thing of unknownThings ? [undefined, ...things.keys()] : things.keys()) {
          expect(
            allows([...documents, { Statement: untouched }], action, thing),
            `${principal.arn} ${action} ${thing}`,
          ).toBe(true);
        }
      }
    }
    expect(proposals.length).toBeGreaterThan(5);
  });

  it('takes nearly all changes that nobody made', () => {
    const administrators = proposals.filter(({ actionsBefore }) => actionsBefore > 15_000);
    expect(administrators.length).toBeGreaterThan(0);
    for (const one of administrators) expect(one.riskRemoved).toBeGreaterThan(0.7 * one.riskBefore);
  });
});

function written({
  effect,
  actions,
  notActions,
  resources,
}: (typeof principals)[number]['policies'][number]['statements'][number]) {
  return { Effect: effect, ...(actions ? { Action: actions } : { NotAction: notActions }), Resource: resources ?? '*' };
}
