import type { Random } from '@portcullis/lab';
import type { LivePorts } from '@portcullis/pipeline/live';
import type { Process, Scheduler } from './scheduler.ts';

/** What can go wrong around one call. `held`: it comes to itself long after everybody took it for dead. */
export type Fault = 'crash before' | 'crash after' | 'throttled' | 'timed out after' | 'held';

/** What went wrong so far, by kind. */
export type FaultCounts = Map<string, number>;

export interface FaultPlan {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly counts: FaultCounts;
  /** Chance of a fault around one call. */
  readonly rate: number;
  /** Faults that may still happen. */
  left: number;
}

export class ThrottledError extends Error {
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
  const around = async (call: () => Promise<unknown>): Promise<unknown> => {
    const fault = draw(plan);
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
    Object.entries(ports).map(([name, port]) => [name, wrapped(port, around)]),
  ) as unknown as LivePorts;
}

function wrapped(port: object, around: (call: () => Promise<unknown>) => Promise<unknown>): object {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const call = () => Reflect.apply(value, target, given);
        return key === 'freeze' ? eachAround(call, around) : around(async () => call());
      };
    },
  });
}

/** Freezing is many effects: it can break off between any two. */
async function* eachAround(
  call: () => AsyncIterable<unknown>,
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): AsyncGenerator<unknown> {
  await around(async () => undefined);
  let at = 0;
  for await (const item of call()) {
    if (++at % 8 === 0) await around(async () => undefined);
    yield item;
  }
}

const FAULTS: readonly Fault[] = ['crash before', 'crash after', 'throttled', 'timed out after', 'held'];

function draw(plan: FaultPlan): Fault | undefined {
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
