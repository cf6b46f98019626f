import { CORE_OPERATIONS } from './core-operations.ts';
import type { Operation } from './operation.ts';
import { TEST_OPERATIONS } from './test-operations.ts';
import { TUNING_OPERATIONS } from './tuning-operations.ts';

/** The operations that exist for one half of the organizations. */
export interface Catalog {
  readonly services: readonly string[];
  /** Services that only this half uses. */
  readonly ownServices: readonly string[];
  of(service: string): readonly Operation[];
  /** `one('sqs:SendMessage')`; the name may leave out Lambda's date and version. */
  one(id: string): Operation;
}

export const CATALOGS = {
  tuning: catalog(TUNING_OPERATIONS),
  test: catalog(TEST_OPERATIONS),
} as const;

function catalog(own: readonly (readonly Operation[])[]): Catalog {
  const everything = [...CORE_OPERATIONS, ...own];
  const byService = new Map(everything.map((operations) => [String(operations[0]?.service), operations]));
  const byId = new Map(
    everything.flat().map((operation) => [`${operation.service}:${plainName(operation.name)}`, operation]),
  );
  return {
    services: [...byService.keys()],
    ownServices: own.map((operations) => String(operations[0]?.service)),
    of: (service) => byService.get(service) ?? [],
    one(id) {
      const operation = byId.get(id);
      if (operation === undefined) throw new Error(`no operation ${id}`);
      return operation;
    },
  };
}

/** Without the date and version that Lambda's event names end in. */
function plainName(name: string): string {
  return name.replace(/20\d{6}(v\d)?$/, '');
}
