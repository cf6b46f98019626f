import type { Action, Agent, Network } from '@portcullis/event';
import { BaselineFormatError } from './errors.ts';

/** Gives each different thing a place in a list, in the order of first use: how stored bytes share what repeats. */
export class Table<T> {
  readonly list: T[] = [];
  readonly #places = new Map<unknown, number>();
  readonly #keyOf: (thing: T) => unknown;

  /** @param keyOf - equal for things that are the same, whatever object they are; the thing itself when absent */
  constructor(keyOf: (thing: T) => unknown = (thing) => thing) {
    this.#keyOf = keyOf;
  }

  at(thing: T): number {
    const key = this.#keyOf(thing);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.list.length;
    this.#places.set(key, place);
    this.list.push(thing);
    return place;
  }
}

/** What has this place in a list that a table made. @throws BaselineFormatError where stored bytes name one that is not there */
export function placed<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new BaselineFormatError(`there is no entry ${at} in a table of ${list.length}`);
  return found;
}

/** Two calls of different names may need the same IAM action and differ in the rest. */
export function actionTable(): Table<Action> {
  return new Table(({ name, mapping, accessLevel, effect, alsoNeeds }) =>
    [name, mapping, accessLevel, effect, ...alsoNeeds].join(' '),
  );
}

/** Reference data of two releases may say different things about an address. */
export function networkTable(): Table<Network> {
  return new Table(({ kind, address, prefix, asn, owner, country }) =>
    [kind, address, prefix, asn, country, owner].join(' '),
  );
}

export function agentTable(): Table<Agent> {
  return new Table(({ text, product, family }) => [text, product, family].join('\n'));
}
