import { DAY_MS, dayOf, type EpochMs, MINUTE_MS } from '@portcullis/event';
import { denied } from '../calls/call.ts';
import type { Loudness, ResourceKind, Story, StorySetting } from '../organization.ts';
import type { Caller, Client } from '../record/caller.ts';
import { type Call, cloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedRecord } from '../world.ts';
import type { AttackCall } from './attack-story.ts';
import { type IntruderNetworkKind, intruderAddress, neighborOf } from './intruder-networks.ts';
import { intruderBrowser, intruderTool } from './intruder-tools.ts';
import { hourlyCalls, type Pace, paceOf } from './pace.ts';
import { foreignAccount, othersThings, ownThings } from './targets.ts';

/** A call to some end, which may be refused. */
export interface Attempt extends AttackCall {
  readonly refused?: boolean;
}

/** Whoever makes a step's calls; a function is asked anew for each call, as sessions end and begin. */
type Who = Caller | ((at: EpochMs) => Caller);

/** One telling of a story: what the teller may draw on, and where the records go. */
export interface Tale extends StorySetting {
  readonly pace: Pace;
  /** The victim's calls in a working hour. */
  readonly hourly: number;
  /** The intruder's own account. */
  readonly foreign: string;
  /** Where the intruder sits and what it calls with, as far from the victim's own as the loudness has it. */
  readonly client: Client;
  /** One of three, by loudness. */
  by<T>(choices: Readonly<Record<Loudness, T>>): T;
  /** The first so many, by loudness. */
  some<T>(items: readonly T[], counts: Readonly<Record<Loudness, number>>): readonly T[];
  /** The victim's credentials in the intruder's hands. */
  readonly asVictim: (at: EpochMs) => Caller;
  /** A client far from anything of the victim's, at any loudness. */
  abroad(kinds?: readonly IntruderNetworkKind[]): Client;
  browser(kinds?: readonly IntruderNetworkKind[]): Client;
  /** Calls out of the victim's habits. */
  usual(count: number, technique?: string): Attempt[];
  /** What the victim itself uses of a kind. */
  own(kind: ResourceKind): readonly string[];
  /** What it does not use. */
  others(kind: ResourceKind, count: number): readonly string[];
  /** Makes the calls, one after another. Amid quiet ones of the victim's credentials go usual calls as cover. */
  step(id: string, who: Who, ...attempts: (Attempt | readonly Attempt[])[]): void;
  /** Makes the calls at random times within a span, apart from the pace; adds no cover. */
  scatter(id: string, who: Who, attempts: readonly Attempt[], from: EpochMs, spanMs: number): void;
  /** Lets some minutes go by. */
  rest(minutes: number): void;
  readonly records: readonly SimulatedRecord[];
}

/** Several calls for the same technique that AWS refuses. */
export function inVain(technique: string, ...calls: readonly Call[]): readonly Attempt[] {
  return calls.map((call) => ({ technique, call, refused: true }));
}

/** Usual calls that go with each of the intruder's own, on average. */
const COVER: Readonly<Record<Loudness, number>> = { loud: 0, medium: 0.7, quiet: 1 };

export function tale(story: string, half: Story['half'], setting: StorySetting, { labelled = true } = {}): Tale {
  const { victim, loudness, random, organization } = setting;
  const pace = paceOf(setting);
  const records: SimulatedRecord[] = [];
  const client = clientOf(half, setting);
  const sessions = new Map<number, Caller>();

  const asVictim = (at: EpochMs) => {
    const day = dayOf(at);
    const known = sessions.get(day) ?? victim.session(at, random, client === OWN ? undefined : client);
    sessions.set(day, known);
    return known;
  };
  const usual = (count: number, technique = 'T1078.004') =>
    victim.habits.length === 0
      ? []
      : Array.from({ length: count }, () => ({ technique, call: random.weighted(victim.habits).make(random) }));

  function write(step: string, who: Who, { technique, call, refused }: Attempt, time = pace.next()) {
    const caller = typeof who === 'function' ? who(time) : who;
    const made = refused ? refusal(call, caller) : call;
    const record = cloudTrailRecord(caller, made, time, random);
    records.push({ time, record, ...(labelled && { label: { story, step, technique } }) });
  }

  return {
    ...setting,
    pace,
    hourly: hourlyCalls(victim),
    foreign: foreignAccount(organization, random),
    client: client === OWN ? victim.client(setting.at, random) : client,
    by: (choices) => choices[loudness],
    some: (items, counts) => items.slice(0, counts[loudness]),
    asVictim,
    abroad: (kinds) => ({ address: intruderAddress(half, random, kinds), userAgent: intruderTool(half, random) }),
    browser: (kinds) => ({ address: intruderAddress(half, random, kinds), userAgent: intruderBrowser(random) }),
    usual,
    own: (kind) => ownThings(victim, kind),
    others: (kind, count) => othersThings(organization, victim, kind, count, random),
    step(id, who, ...attempts) {
      for (const attempt of attempts.flat()) {
        if (who === asVictim) {
          for (const cover of usual(coverCount(loudness, random.float()))) write(id, who, cover);
        }
        write(id, who, attempt);
      }
    },
    scatter(id, who, attempts, from, spanMs) {
      for (const attempt of attempts) write(id, who, attempt, from + random.float() * spanMs);
    },
    rest: (minutes) => pace.rest(minutes * MINUTE_MS * (0.6 + 0.8 * random.float())),
    records,
  };
}

/** The victim's own client, asked for at the time of each session. */
const OWN = 'own';

/**
 * Loud intruders come from a foreign network with a foreign tool, medium ones differ in one or both, quiet ones sit in the
 * victim's own place or next door, with its tool.
 */
function clientOf(half: Story['half'], { victim, at, loudness, random }: StorySetting): Client | typeof OWN {
  const own = victim.client(at, random);
  const address = intruderAddress(half, random);
  const userAgent = intruderTool(half, random);
  if (loudness === 'loud') return { address, userAgent };
  if (loudness === 'medium') {
    return random.pick([
      { address, userAgent },
      { address, userAgent: own.userAgent },
      { address: own.address, userAgent },
    ]);
  }
  return random.chance(0.5) ? OWN : { address: neighborOf(own.address, random), userAgent: own.userAgent };
}

function coverCount(loudness: Loudness, chance: number): number {
  const mean = COVER[loudness];
  // one to a call on the whole, so that usual calls make up half or more
  return mean < 1 ? Number(chance < mean) : chance < 0.3 ? 2 : 1;
}

function refusal(call: Call, caller: Caller): Call {
  const arn = String(caller.identity.arn ?? caller.identity.accountId);
  return denied(call, arn, call.service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied');
}

/** Days from the story's start to the end of the world, at most `most`. */
export function daysLeft({ organization, at }: StorySetting, most: number): number {
  const end = organization.start + organization.days * DAY_MS;
  return Math.max(1, Math.min(most, Math.floor((end - at) / DAY_MS)));
}
