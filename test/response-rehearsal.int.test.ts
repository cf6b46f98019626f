import { type Breadth, parseResponsePolicy } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';
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
import { type RehearsedCut, rehearse } from '@portcullis/respond';
import { describe, expect, it } from 'vitest';

const SEEDS = [11, 12];
const ACTORS = 60;
const DAYS = 28;
const ATTACKS = 12;

interface Figures {
  /** Attack calls from the first cut of the attack on. */
  attackAfterCut: number;
  attackBlocked: number;
  benignBlocked: number;
  usualCalls: number;
  usualBlocked: number;
  cuts: number;
  readonly minutes: number[];
}

/** Plays a policy of one breadth along organizations with attacks in them. Calls are counted once, however many cuts stop them. */
async function figuresFor(breadth: Breadth): Promise<ReadonlyMap<string, Figures>> {
  const figures = new Map<string, Figures>();
  const of = (name: string): Figures => {
    const known = figures.get(name) ?? {
      attackAfterCut: 0,
      attackBlocked: 0,
      benignBlocked: 0,
      usualCalls: 0,
      usualBlocked: 0,
      cuts: 0,
      minutes: [],
    };
    figures.set(name, known);
    return known;
  };
  const policy = parseResponsePolicy({ rules: [{ id: 'all', mode: 'enforce', breadth }] }, 'test');
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
    const blocked = new Map<string, Set<string>>();
    const firstCut = new Map<string, number>();
    const calls: { readonly id: string; readonly time: number }[] = [];
    const note = (name: string, id: string) => blocked.set(name, (blocked.get(name) ?? new Set()).add(id));
    const rehearsal = rehearse({
      policy,
      ownAccounts: new Set(ground.accounts.map(({ id }) => id)),
      usual: (actorId, before) => usualBehavior(state, actorId, before),
      onBlocked(event, cut) {
        note(`${cut.cut.action} by ${cut.start}`, event.id);
        note(`all by ${cut.start}`, event.id);
      },
    });
    await replay(memorySource([...deliver(world.records(), seed)]), {
      settings: { ...defaultSettings, accounts: { own: ground.accounts.map(({ id }) => id) } },
      network,
      alertAfter: world.attacksFrom,
      state,
      onEvent(event) {
        rehearsal.event(event);
        if (labels[event.id] !== undefined) calls.push(event);
      },
      onAlert(alert) {
        const attacks = new Set(alert.detail.data.eventIds.flatMap((id) => labels[id]?.attack ?? []));
        const { cuts, notBefore } = rehearsal.alert(alert);
        if (cuts.some(({ start }) => start === 'rule'))
          for (const attack of attacks) firstCut.set(attack, Math.min(notBefore, firstCut.get(attack) ?? notBefore));
      },
      onReject() {},
    });
    const after = calls.filter(
      ({ id, time }) => time >= (firstCut.get(labels[id]?.attack ?? '') ?? Number.POSITIVE_INFINITY),
    ).length;
    for (const start of ['rule', 'person']) of(`all by ${start}`).attackAfterCut += after;
    for (const [name, ids] of blocked) {
      const attack = [...ids].filter((id) => labels[id] !== undefined).length;
      of(name).attackBlocked += attack;
      of(name).benignBlocked += ids.size - attack;
    }
    for (const cut of rehearsal.report().cuts)
      for (const name of [cut.cut.action, 'all']) add(of(`${name} by ${cut.start}`), cut);
  }
  return figures;
}

function add(figures: Figures, { blocked, usualCalls, timeToCutMs }: RehearsedCut): void {
  figures.cuts += 1;
  figures.usualCalls += usualCalls;
  figures.usualBlocked += blocked.usual;
  figures.minutes.push(timeToCutMs / 60_000);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

describe('what enforcement would stop, and what it would cost', () => {
  it.each<{ readonly breadth: Breadth }>([{ breadth: 'narrow' }, { breadth: 'category' }, { breadth: 'everything' }])(
    '$breadth',
    async ({ breadth }) => {
      const figures = await figuresFor(breadth);
      for (const [name, { minutes, ...counts }] of [...figures].sort()) {
        console.info(breadth, name, JSON.stringify({ ...counts, medianMinutes: Math.round(median(minutes)) }));
      }
      const byRule = figures.get('all by rule');

      expect(byRule?.attackBlocked).toBeGreaterThan(0);
      if (breadth !== 'everything' && byRule !== undefined) {
        expect(byRule.usualBlocked).toBeLessThanOrEqual(byRule.usualCalls / 100);
      }
    },
  );
});
