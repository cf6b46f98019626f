import { HOUR_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedCut } from './cut.ts';
import { sameState } from './cut-state.ts';
import { executePlan } from './execute-plan.ts';
import { foldEntries, type Restriction } from './leases.ts';
import type { LedgerEntry } from './ledger.ts';
import { keepLeases, revertLease } from './manage-leases.ts';
import { lookAt, relevantOf } from './run-calls.ts';
import type { AccountModel } from './testing/account-model.ts';
import { AT, aPlan, aPolicy, GUARD_OF } from './testing/builders.ts';
import { CrashError, crashingBefore } from './testing/crash.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount, sampleCuts } from './testing/sample-cuts.ts';

const INCIDENTS = ['a1', 'a2', 'a3'] as const;
const ACTIONS = ['deny-actions', 'turn-keys-off', 'stop-function', 'remove-function-permission'] as const;
/** More effects than any one step has. */
const MOST_EFFECTS = 16;
const policy = aPolicy({ brakes: { actsPerHour: 1000, actsPerHourAndAccount: 1000, shareOfActiveActors: 1 } });
const guard = GUARD_OF(policy);
const person = { arn: 'arn:aws:iam::111122223333:user/responder' };

/** All there is: the account, and the ledger. */
interface World {
  readonly model: AccountModel;
  readonly entries: readonly LedgerEntry[];
}

interface Step {
  readonly name: string;
  run(ports: ReturnType<typeof portsOf>): Promise<unknown>;
}

function portsOf(world: { readonly model: AccountModel; readonly entries: LedgerEntry[] }, crashAt: number, now = AT) {
  const ports = memoryPorts(memoryAccount(world.model), now, world.entries);
  return { crashing: crashingBefore({ ...ports, pause: () => Promise.resolve() }, crashAt), ports };
}

const cutsOf = (incident: string) =>
  sampleCuts(incident).filter(({ action }) => (ACTIONS as readonly string[]).includes(action));
const planOf = (incident: string, cuts: readonly PlannedCut[]) =>
  aPlan(cuts, { id: `plan-${incident}-1`, alert: { id: incident, revision: 1, lastSeen: AT } });

/** What each incident may want, and what time and people may do. */
function stepsFor(actions: readonly string[]): readonly Step[] {
  const each = INCIDENTS.flatMap((incident) =>
    cutsOf(incident)
      .filter(({ action }) => actions.includes(action))
      .flatMap((cut): readonly Step[] => [
        {
          name: `start ${incident}`,
          run: ({ crashing }) => executePlan(planOf(incident, [cut]), policy, guard, crashing),
        },
        {
          name: `revert ${incident}`,
          run: ({ crashing }) => revertLease(cut.restriction, cut.id, person, 'x', crashing),
        },
      ]),
  );
  const later: Step = {
    name: 'later',
    run: ({ crashing, ports }) => {
      ports.clock.now = AT + 5 * HOUR_MS;
      return keepLeases(policy, guard, crashing);
    },
  };
  return [...each, later];
}

/** Takes a step, up to its nth effect. @returns whether it died there */
async function taken(
  world: World,
  step: Step,
  crashAt: number,
): Promise<{ readonly world: World; readonly died: boolean }> {
  const next = { model: structuredClone(world.model), entries: [...world.entries] };
  try {
    await step.run(portsOf(next, crashAt));
    return { world: next, died: false };
  } catch (error) {
    if (!(error instanceof CrashError)) throw error;
    return { world: next, died: true };
  }
}

function restrictionsOf({ entries }: World): ReadonlyMap<string, Restriction> {
  return new Map(
    [...Map.groupBy(entries, ({ restriction }) => restriction)].map(([name, own]) => [name, foldEntries(own)]),
  );
}

/**
 * Equal for worlds in which the same can happen: times, counts and order of history left out, and which incident is which,
 * since all three want the same.
 */
function keyOf(world: World): string {
  const restrictions = [...restrictionsOf(world)].map(
    ([name, { standing, verified, raised, before, after, leases }]) => [
      name,
      standing,
      verified,
      raised,
      before,
      after,
      [...leases.values()]
        .map(({ state, holds, ending, approvedBy, onHold }) =>
          JSON.stringify([state, holds, ending, approvedBy, onHold]),
        )
        .sort(),
    ],
  );
  return JSON.stringify([world.model, restrictions.sort()]);
}

const ORIGINAL = JSON.stringify(canonical(aBusyAccount()));

/** Statements of a policy are a set. */
function canonical(model: AccountModel): unknown {
  return JSON.parse(JSON.stringify(model), (name, member: unknown) =>
    name === 'statements' && Array.isArray(member)
      ? member.map((one) => JSON.stringify(one, sortedKeys)).sort()
      : member,
  );
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function mustHold(world: World, cutByRestriction: ReadonlyMap<string, PlannedCut>): Promise<void> {
  let anythingOn = false;
  for (const [name, restriction] of restrictionsOf(world)) {
    const cut = cutByRestriction.get(name);
    if (cut === undefined) throw new Error(`no cut ${name}`);
    const holders = [...restriction.leases.values()].filter(({ holds }) => holds);
    anythingOn ||= restriction.standing !== 'off';
    if (restriction.standing === 'off') expect(holders).toEqual([]);
    if (holders.length > 0) expect(['on', 'removing']).toContain(restriction.standing);
    expect(restriction.standing).not.toBe('conflict');
    if (restriction.standing === 'on') {
      const { ports } = portsOf({ model: world.model, entries: [...world.entries] }, MOST_EFFECTS);
      const seen = await lookAt(ports, cut, { cut, at: restriction.intendedAt ?? AT });
      const { after = {} } = restriction;
      expect(seen.kind === 'seen' && sameState(relevantOf(cut, seen.look.state, after), after)).toBe(true);
    }
  }
  if (!anythingOn) expect(JSON.stringify(canonical(world.model))).toBe(ORIGINAL);
}

/** Whatever happened, people can take all of it back. */
async function mustEnd(world: World, cutByRestriction: ReadonlyMap<string, PlannedCut>): Promise<void> {
  const last = { model: structuredClone(world.model), entries: [...world.entries] };
  const { ports } = portsOf(last, MOST_EFFECTS);
  for (const name of cutByRestriction.keys()) {
    for (const id of foldEntries(last.entries.filter(({ restriction }) => restriction === name)).leases.keys()) {
      await revertLease(name, id, person, 'end', ports);
    }
  }
  expect(JSON.stringify(canonical(last.model))).toBe(ORIGINAL);
}

const cutByRestriction = new Map(INCIDENTS.flatMap(cutsOf).map((cut) => [cut.restriction, cut]));

describe('every world that three incidents, time, people and crashes can lead to', () => {
  it.each(ACTIONS)('%s', async (action) => {
    const own = new Map([...cutByRestriction].filter(([, cut]) => cut.action === action));
    const steps = stepsFor([action]);
    const start: World = { model: aBusyAccount(), entries: [] };
    const seen = new Set([keyOf(start)]);
    const queue = [start];
    let transitions = 0;
    for (let world = queue.shift(); world !== undefined; world = queue.shift()) {
      await mustHold(world, own);
      await mustEnd(world, own);
      for (const step of steps) {
        for (let crashAt = 0; crashAt < MOST_EFFECTS; crashAt++) {
          const { world: next, died } = await taken(world, step, crashAt);
          transitions += 1;
          const key = keyOf(next);
          if (!seen.has(key)) {
            seen.add(key);
            queue.push(next);
          }
          if (!died) break;
          expect(crashAt).toBeLessThan(MOST_EFFECTS - 1);
        }
      }
    }
    console.info(`${action}: ${seen.size} worlds, ${transitions} transitions`);
    expect(seen.size).toBeGreaterThan(50);
  });

  it('and walks through all four actions at once', async () => {
    const steps = stepsFor(ACTIONS);
    const walk = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(MOST_EFFECTS - 1)), {
      minLength: 8,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(walk, async (moves) => {
        let world: World = { model: aBusyAccount(), entries: [] };
        for (const [index, crashAt] of moves) {
          const step = steps[index];
          if (step !== undefined) world = (await taken(world, step, crashAt)).world;
          await mustHold(world, cutByRestriction);
        }
        await mustEnd(world, cutByRestriction);
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});
