import { type EpochMs, isoTime, SECOND_MS } from '@portcullis/event';
import { randomStream, simulate, smallWorld } from '@portcullis/lab';
import type { RawRecord } from '@portcullis/pipeline/live';

/** What one account does: so many events a second, more than half of them by one role. */
export const EVENTS_PER_SECOND = 2000;
const HOT_SHARE = 0.6;
const OTHER_ROLES = 200;
const RECORDS_PER_CONTAINER = 100;

/** A function of the laboratory, whose records every role here makes under its own name. */
const MODEL = { function: 'orders-api', principal: /AROA[A-Z0-9]{17}/g };

interface Template {
  /** The record, cut where its own id, time and role belong. */
  text(id: string, time: string, role: string, principal: string): string;
}

function templates(): readonly Template[] {
  const world = smallWorld({ days: 1 });
  const actors = world.actors.filter(({ id }) => id === `function/${MODEL.function}`);
  const kinds = new Map<string, Template>();
  for (const { record } of simulate({ ...world, actors }, 1)) {
    const json = JSON.stringify(record);
    // What a service does in the name of the role has a baseline of its own
    if (!json.includes('"type":"AssumedRole"') || json.includes('"invokedBy"')) continue;
    const text: Template['text'] = (id, time, role, principal) =>
      json
        .replace(record.eventID, id)
        .replace(record.eventTime, time)
        .replaceAll(MODEL.function, role)
        .replaceAll(MODEL.principal, principal);
    kinds.set(record.eventName, { text });
  }
  return [...kinds.values()];
}

/** Containers of one second of traffic at a time, as a subscription brings them. */
export function* traffic(start: EpochMs, seconds: number): Generator<readonly RawRecord[]> {
  const random = randomStream('hot-account', start);
  const kinds = templates();
  for (let second = 0; second < seconds; second++) {
    const time = isoTime(start + second * SECOND_MS);
    const records = Array.from({ length: EVENTS_PER_SECOND }, () => {
      const role = random.chance(HOT_SHARE) ? 0 : random.int(1, OTHER_ROLES);
      const principal = `AROA${String(role).padStart(17, 'X')}`;
      return random.pick(kinds).text(random.uuid(), time, `service-${role}`, principal);
    });
    yield Array.from({ length: EVENTS_PER_SECOND / RECORDS_PER_CONTAINER }, (_, i) => {
      const some = records.slice(i * RECORDS_PER_CONTAINER, (i + 1) * RECORDS_PER_CONTAINER);
      return { id: `${second}/${i}`, origin: `${second}/${i}`, bytes: Buffer.from(`{"Records":[${some.join(',')}]}`) };
    });
  }
}
