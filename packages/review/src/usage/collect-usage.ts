import { type ActivityEvent, dayOf } from '@portcullis/event';
import { thingPatterns } from './thing-patterns.ts';
import { ANY_OIDC, ANY_SAML, principalKey, type ThingUse, type Usage } from './usage.ts';

/** Bounds of what is kept; beyond them a principal is marked as incomplete or an action's things as unknown. */
const MAX_PRINCIPALS = 50_000;
const MAX_ACTIONS = 2000;
const MAX_THINGS = 64;
const MAX_TRUSTERS = 256;

/** Collects what principals do, event by event, in any order. */
export interface UsageCollector {
  observe(event: ActivityEvent): void;
  /** What was collected so far; grows on. */
  usage(): Usage;
}

interface OpenAction {
  calls: number;
  refused: number;
  firstDay: number;
  lastDay: number;
  readonly things: Map<string, OpenThing>;
  unknownThings: boolean;
  implied: boolean;
}

type OpenThing = { -readonly [K in keyof ThingUse]: ThingUse[K] };

interface OpenPrincipal {
  readonly actions: Map<string, OpenAction>;
  readonly unmapped: Map<string, number>;
  readonly takenUpBy: Map<string, number>;
  readonly activeDays: Set<number>;
  incomplete: boolean;
}

const TAKES_UP = new Set(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']);

export function createUsageCollector(): UsageCollector {
  const principals = new Map<string, OpenPrincipal>();
  const days = new Map<string, Set<number>>();
  const services = new Map<string, Set<string>>();

  function principal(key: string): OpenPrincipal | undefined {
    const known = principals.get(key);
    if (known !== undefined || principals.size >= MAX_PRINCIPALS) return known;
    const opened = {
      actions: new Map(),
      unmapped: new Map(),
      takenUpBy: new Map(),
      activeDays: new Set<number>(),
      incomplete: false,
    };
    principals.set(key, opened);
    return opened;
  }

  function take(event: ActivityEvent, day: number): void {
    if (event.outcome !== 'success' || !TAKES_UP.has(event.action.name)) return;
    const arn = event.minted?.principalArn ?? event.resources[0] ?? '';
    const key = principalKey(arn);
    const role = key === undefined ? undefined : principal(key);
    if (role === undefined) return;
    const truster = trusterKey(event);
    if (!role.takenUpBy.has(truster) && role.takenUpBy.size >= MAX_TRUSTERS) return;
    role.takenUpBy.set(truster, Math.max(day, role.takenUpBy.get(truster) ?? day));
  }

  return {
    observe(event) {
      const day = dayOf(event.time);
      addTo(days, event.account, day);
      addTo(services, event.account, event.action.service);
      take(event, day);
      const key = keyOfActor(event);
      const own = key === undefined ? undefined : principal(key);
      if (own === undefined) return;
      own.activeDays.add(day);
      const { action, outcome } = event;
      if (action.mapping === 'permissionless') return;
      if (action.mapping === 'unmapped') {
        own.unmapped.set(action.service, (own.unmapped.get(action.service) ?? 0) + 1);
        return;
      }
      const refused = outcome === 'denied';
      const place = { partition: partitionOf(event), region: event.region, account: event.account };
      const things = thingPatterns(action.name, event.resources, place);
      note(own, action.name, day, { refused, things, implied: false });
      if (refused) return;
      for (const other of action.alsoNeeds) note(own, other, day, { refused, things: undefined, implied: true });
    },
    usage: () => ({ principals, days, services, unattributed: new Map(), source: 'logs' }),
  };
}

interface Observed {
  readonly refused: boolean;
  readonly things: readonly string[] | undefined;
  readonly implied: boolean;
}

function note(own: OpenPrincipal, name: string, day: number, { refused, things, implied }: Observed): void {
  let use = own.actions.get(name);
  if (use === undefined) {
    if (own.actions.size >= MAX_ACTIONS) {
      own.incomplete = true;
      return;
    }
    use = { calls: 0, refused: 0, firstDay: day, lastDay: day, things: new Map(), unknownThings: false, implied };
    own.actions.set(name, use);
  }
  if (refused) {
    use.refused += 1;
    return;
  }
  if (use.calls === 0) use.firstDay = use.lastDay = day;
  use.calls += 1;
  use.firstDay = Math.min(use.firstDay, day);
  use.lastDay = Math.max(use.lastDay, day);
  use.implied &&= implied;
  if (things === undefined) use.unknownThings = true;
  else for (const thing of things) noteThing(use, thing, day);
}

function noteThing(use: OpenAction, thing: string, day: number): void {
  const known = use.things.get(thing);
  if (known !== undefined) {
    known.calls += 1;
    known.firstDay = Math.min(known.firstDay, day);
    known.lastDay = Math.max(known.lastDay, day);
  } else if (use.things.size < MAX_THINGS) {
    use.things.set(thing, { calls: 1, firstDay: day, lastDay: day });
  } else {
    use.unknownThings = true;
  }
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

/** The role or user whose permissions a call was judged by. */
function keyOfActor({ actor }: ActivityEvent): string | undefined {
  const { kind, arn, role, sharedRole, root } = actor;
  if (root || kind === 'service' || kind === 'account') return undefined;
  const of = sharedRole?.arn ?? role ?? arn;
  return of === undefined ? undefined : principalKey(of);
}

/** Who took a role up, as trust policies name it: an ARN, a service, a provider, or an account. */
function trusterKey({ actor, action }: ActivityEvent): string {
  if (actor.kind === 'service') return actor.name;
  if (action.name === 'sts:AssumeRoleWithSAML') return providerOf(actor) ?? ANY_SAML;
  if (action.name === 'sts:AssumeRoleWithWebIdentity') return providerOf(actor) ?? ANY_OIDC;
  if (actor.kind === 'account') return actor.account;
  return actor.sharedRole?.arn ?? actor.role ?? actor.arn ?? actor.account;
}

/** Logs name providers in several ways, of which only an ARN is sure. */
function providerOf({ sharedRole, arn }: ActivityEvent['actor']): string | undefined {
  const provider = sharedRole?.arn ?? arn ?? '';
  return provider.includes('-provider/') ? provider : undefined;
}

function partitionOf({ region, actor }: ActivityEvent): string {
  const written = /^arn:(aws[a-z-]*):/.exec(actor.arn ?? '')?.[1];
  if (written !== undefined) return written;
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
