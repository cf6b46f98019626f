import type { ActorBaseline } from '@portcullis/baseline';

/** A seal asked for a baseline that was not loaded for it: it would have judged a known actor as unknown. */
class BaselineNotLoadedError extends Error {
  override readonly name = 'BaselineNotLoadedError';
}

/** The baselines that were asked for, whether there are any or not; asking for others is an error in the code. */
export class LoadedBaselines extends Map<string, ActorBaseline> {
  readonly #asked: ReadonlySet<string>;

  constructor(asked: ReadonlySet<string>, found: Iterable<readonly [string, ActorBaseline]>) {
    super(found);
    this.#asked = asked;
  }

  override get(actorId: string): ActorBaseline | undefined {
    this.#check(actorId);
    return super.get(actorId);
  }

  override has(actorId: string): boolean {
    this.#check(actorId);
    return super.has(actorId);
  }

  #check(actorId: string): void {
    if (!this.#asked.has(actorId)) throw new BaselineNotLoadedError(`the baseline of ${actorId} was not loaded`);
  }
}
