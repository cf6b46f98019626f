import type { Random } from '@portcullis/lab';
import type { LivePorts } from '@portcullis/pipeline/live';
import type { Process, Scheduler } from './scheduler.ts';

/** What can go wrong around one call. `held`: it comes to itself long after everybody took it for dead. */
type Fault = 'crash before' | 'crash after' | 'throttled' | 'timed out after' | 'held';

/** What went wrong so far, by kind. */
export type FaultCounts = Map<string, number>;

export interface FaultPlan {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly counts: FaultCounts;
  /** Chance of a fault around one call. */
  readonly rate: number;
  /** Faults at a certain call, by `port.method n`: the n-th of the run. */
  readonly aimed: ReadonlyMap<string, Fault>;
  /** Calls so far, by `port.method`. */
  readonly calls: Map<string, number>;
  /** Faults that may still happen. */
  left: number;
}

/** The effects of a seal in their order: between any two of them all must be repeatable. */
const SEAL_EFFECTS = [
  ...['segments.close', 'snapshots.begin', 'baselines.save', 'alerts.add'],
  ...['snapshots.save', 'snapshots.advance', 'segments.sealed'],
];

/** Chance alone seldom strikes between the last two effects of a seal: some faults are meant for it. */
export function aimedFaults(random: Random): ReadonlyMap<string, Fault> {
  const crashes = SEAL_EFFECTS.flatMap((effect) => [
    { effect, fault: 'crash before' as const },
    { effect, fault: 'crash after' as const },
  ]);
  const others = (['timed out after', 'held'] as const).map((fault) => ({ effect: random.pick(SEAL_EFFECTS), fault }));
  const aimed = [...random.shuffled(crashes).slice(0, 6), ...others];
  return new Map(aimed.map(({ effect, fault }) => [`${effect} ${random.int(1, 4)}`, fault]));
}

class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
}

export function countFault({ counts }: Pick<FaultPlan, 'counts'>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

/**
 * The ports as one process sees them: each call takes a turn before and after its effect, and may fail at either.
 *
 * @param onEnd - told once nobody need wait for the process any more
 */
export function faultyPorts(ports: LivePorts, process: Process, plan: FaultPlan, onEnd: () => void): LivePorts {
  const end = () => {
    if (process.abandoned) return;
    process.abandoned = true;
    onEnd();
  };
  const around = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    const fault = draw(plan, name);
    await plan.scheduler.point(process, fault === 'held' ? holdUp(plan, end) : 0);
    if (fault === 'crash before') return die(process, end);
    if (fault === 'throttled') throw new ThrottledError('throttled');
    const answer = await call();
    await plan.scheduler.point(process);
    if (fault === 'crash after') return die(process, end);
    if (fault === 'timed out after') throw new ThrottledError('timed out, though it was done');
    return answer;
  };
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, wrapped(name, port, around)]),
  ) as unknown as LivePorts;
}

type Around = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

function wrapped(name: string, port: object, around: Around): object {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const call = () => Reflect.apply(value, target, given);
        return key === 'freeze' ? eachAround(call, around) : around(`${name}.${String(key)}`, async () => call());
      };
    },
  });
}

/** Freezing is many effects: it can break off between any two. */
async function* eachAround(call: () => AsyncIterable<unknown>, around: Around): AsyncGenerator<unknown> {
  await around('segments.freeze', async () => undefined);
  let at = 0;
  for await (const item of call()) {
    if (++at % 8 === 0) await around('segments.freeze', async () => undefined);
    yield item;
  }
}

const FAULTS: readonly Fault[] = ['crash before', 'crash after', 'throttled', 'timed out after', 'held'];

function draw(plan: FaultPlan, name: string): Fault | undefined {
  const nth = (plan.calls.get(name) ?? 0) + 1;
  plan.calls.set(name, nth);
  const aimed = plan.aimed.get(`${name} ${nth}`);
  if (aimed !== undefined) {
    countFault(plan, aimed);
    return aimed;
  }
  if (plan.left <= 0 || !plan.random.chance(plan.rate)) return undefined;
  plan.left -= 1;
  const fault = plan.random.pick(FAULTS);
  countFault(plan, fault);
  return fault;
}

function holdUp({ random }: FaultPlan, end: () => void): number {
  end();
  return random.int(50, 1500);
}

function die(process: Process, end: () => void): Promise<never> {
  process.dead = true;
  end();
  return new Promise(() => {});
}
