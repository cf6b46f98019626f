import { type Breadth, parseResponsePolicy } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';
import type { AnomalyEvent } from '@portcullis/contract';
import type { ActivityEvent } from '@portcullis/event';
import {
  attackedWorld,
  deliver,
  labelsOfAttacks,
  labNetworks,
  memorySource,
  organization,
  STORIES,
} from '@portcullis/lab';
import { emptyState, replay, usualBehavior } from '@portcullis/pipeline';
import { type RehearsalOptions, type RehearsedCut, rehearse } from '@portcullis/respond';
import { describe, expect, it } from 'vitest';

const BREADTHS: readonly Breadth[] = ['narrow', 'category', 'everything'];
const SEEDS = [11, 12];
const ACTORS = 60;
const DAYS = 28;
const ATTACKS = 12;

interface Figures {
  /** Attack calls from the first cut of the attack on. */
  attackAfterCut: number;
  attackBlocked: number;
  benignBlocked: number;
  calls: number;
  usualCalls: number;
  usualBlocked: number;
  cuts: number;
  readonly minutes: number[];
}

/** One policy played along with one organization. Calls are counted once, however many cuts stop them. */
function player(breadth: Breadth, figures: Map<string, Figures>, ground: Ground) {
  const { labels, usual, ownAccounts } = ground;
  const of = (name: string): Figures => {
    const known = figures.get(name) ?? noFigures();
    figures.set(name, known);
    return known;
  };
  const blocked = new Map<string, Set<string>>();
  const firstCut = new Map<string, number>();
  const note = (name: string, id: string) => blocked.set(name, (blocked.get(name) ?? new Set()).add(id));
  const rehearsal = rehearse({
    policy: parseResponsePolicy({ rules: [{ id: 'all', mode: 'enforce', breadth }] }, 'test'),
    ownAccounts,
    usual,
    onBlocked(event, { cut, start }) {
      note(`${cut.action} by ${start}`, event.id);
      note(`all by ${start}`, event.id);
    },
  });
  return {
    event: rehearsal.event,
    alert(alert: AnomalyEvent) {
      const attacks = new Set(alert.detail.data.eventIds.flatMap((id) => labels[id]?.attack ?? []));
      const { cuts, notBefore } = rehearsal.alert(alert);
      if (!cuts.some(({ start }) => start === 'rule')) return;
      for (const attack of attacks) firstCut.set(attack, Math.min(notBefore, firstCut.get(attack) ?? notBefore));
    },
    finish(calls: readonly Pick<ActivityEvent, 'id' | 'time'>[]) {
      const after = calls.filter(
        ({ id, time }) => time >= (firstCut.get(labels[id]?.attack ?? '') ?? Number.POSITIVE_INFINITY),
      );
      for (const start of ['rule', 'person']) of(`all by ${start}`).attackAfterCut += after.length;
      for (const [name, ids] of blocked) {
        const attack = [...ids].filter((id) => labels[id] !== undefined).length;
        of(name).attackBlocked += attack;
        of(name).benignBlocked += ids.size - attack;
      }
      for (const cut of rehearsal.report().cuts) {
        for (const name of [cut.cut.action, 'all']) add(of(`${name} by ${cut.start}`), cut);
      }
    },
  };
}

interface Ground extends Pick<RehearsalOptions, 'usual' | 'ownAccounts'> {
  readonly labels: ReturnType<typeof labelsOfAttacks>['events'];
}

/** Plays policies of all breadths along with organizations that have attacks in them. */
async function figuresByBreadth(): Promise<ReadonlyMap<Breadth, ReadonlyMap<string, Figures>>> {
  const figures = new Map(BREADTHS.map((breadth) => [breadth, new Map<string, Figures>()] as const));
  for (const seed of SEEDS) {
    const network = labNetworks();
    const ground = organization({ seed, actors: ACTORS, days: DAYS, half: 'tuning' });
    const world = attackedWorld({
      organization: ground,
      stories: STORIES.filter(({ half }) => half === 'tuning'),
      network,
      seed,
      attacks: ATTACKS,
      loudness: ['loud', 'medium', 'quiet'],
    });
    const labels = labelsOfAttacks(world.attacks).events;
    const state = emptyState();
    const own = ground.accounts.map(({ id }) => id);
    const usual: Ground['usual'] = (actorId, before) => usualBehavior(state, actorId, before);
    const players = [...figures].map(([breadth, into]) =>
      player(breadth, into, { labels, usual, ownAccounts: new Set(own) }),
    );
    const calls: Pick<ActivityEvent, 'id' | 'time'>[] = [];
    await replay(memorySource([...deliver(world.records(), seed)]), {
      settings: { ...defaultSettings, accounts: { own } },
      network,
      alertAfter: world.attacksFrom,
      state,
      onEvent(event) {
        for (const one of players) one.event(event);
        if (labels[event.id] !== undefined) calls.push(event);
      },
      onAlert(alert) {
        for (const one of players) one.alert(alert);
      },
      onReject() {},
    });
    for (const one of players) one.finish(calls);
  }
  return figures;
}

function add(figures: Figures, { blocked, calls, usualCalls, timeToCutMs }: RehearsedCut): void {
  figures.cuts += 1;
  figures.calls += calls;
  figures.usualCalls += usualCalls;
  figures.usualBlocked += blocked.usual;
  figures.minutes.push(timeToCutMs / 60_000);
}

function noFigures(): Figures {
  return {
    attackAfterCut: 0,
    attackBlocked: 0,
    benignBlocked: 0,
    calls: 0,
    usualCalls: 0,
    usualBlocked: 0,
    cuts: 0,
    minutes: [],
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

describe('what enforcement would stop, and what it would cost', async () => {
  const figures = await figuresByBreadth();

  it.each(BREADTHS)('%s', (breadth) => {
    const byName = figures.get(breadth) ?? new Map<string, Figures>();
    for (const [name, { minutes, ...counts }] of [...byName].sort()) {
      console.info(breadth, name, JSON.stringify({ ...counts, medianMinutes: Math.round(median(minutes)) }));
    }
    const byRule = byName.get('all by rule') ?? noFigures();

    expect(byRule.attackBlocked).toBeGreaterThan(0);
    if (breadth !== 'everything') expect(byRule.usualBlocked).toBeLessThanOrEqual(byRule.usualCalls / 100);
  });
});
