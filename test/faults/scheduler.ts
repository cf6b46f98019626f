import type { Random } from '@portcullis/lab';

/** One container at work: a run of a function that can die or be held up between any two effects. */
export interface Process {
  readonly name: string;
  /** Its clock against everybody's. */
  readonly skewMs: number;
  /** Died: it never does anything again. */
  dead: boolean;
  /** Nobody waits for it any more, but it goes on. */
  abandoned: boolean;
}

interface Waiting {
  readonly process: Process;
  readonly notBefore: number;
  resume(): void;
}

/**
 * Lets processes take turns, one effect at a time, in an order that follows from the seed alone.
 *
 * Only what goes through `point` is ordered; between two points a process runs by itself.
 */
export interface Scheduler {
  readonly step: number;
  /** A process waits for its turn, at least so many steps. */
  point(process: Process, steps?: number): Promise<void>;
  /**
   * Gives turns until nobody waits for one.
   *
   * @param between - called before each turn, and told when nobody waits for one; may start processes
   */
  run(between: (idle: boolean) => void): Promise<void>;
}

export function createScheduler(random: Random, maxSteps = 400_000): Scheduler {
  const waiting: Waiting[] = [];
  let step = 0;
  return {
    get step() {
      return step;
    },
    point(process, steps = 0) {
      return new Promise((resume) => {
        waiting.push({ process, notBefore: step + steps, resume });
      });
    },
    async run(between) {
      for (;;) {
        await settled();
        // What it starts takes its place in the queue at once
        between(waiting.length === 0);
        if (waiting.length === 0) return;
        if (++step > maxSteps) throw new Error(`no end after ${maxSteps} steps`);
        let due = waiting.filter(({ notBefore }) => notBefore <= step);
        if (due.length === 0) {
          step = Math.min(...waiting.map(({ notBefore }) => notBefore));
          due = waiting.filter(({ notBefore }) => notBefore <= step);
        }
        const next = random.pick(due);
        waiting.splice(waiting.indexOf(next), 1);
        if (!next.process.dead) next.resume();
      }
    },
  };
}

/** Lets everything run that waits for nothing but what has happened: promises, for ports in memory know no other waiting. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
