import { type Breadth, parseResponsePolicy } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';
import { type ActivityEvent, DAY_MS } from '@portcullis/event';
import {
  attackedWorld,
  deliver,
  labelsOfAttacks,
  labNetworks,
  memorySource,
  organization,
  STORIES,
} from '@portcullis/lab';
import { emptyState, replay, usualBehavior } from '@portcullis/pipeline';
import { type PlannedCut, rehearse } from '@portcullis/respond';

/** Of the past, this much tells what somebody does anyway. */
const USUAL_DAYS = 7;

export interface AttackedOptions {
  readonly seed: number;
  readonly actors: number;
  readonly days: number;
  readonly attacks: number;
  /** Attacks of each loudness on the organizations before; stories go on from there. */
  readonly offset: number;
}

/** Calls that IAM is asked the same about, as one of them and their number. */
interface CountedCall {
  readonly event: ActivityEvent;
  readonly times: number;
}

/** A cut that a simulated attack led to, with the calls that it is for and those that it must leave alone. */
export interface AttackedCut {
  readonly breadth: Breadth;
  /** Whose attack it answers. */
  readonly story: string;
  readonly cut: PlannedCut;
  /** Time of the cut. */
  readonly at: number;
  /** Calls of the attack by the same principal that led to the alert, by its label. */
  readonly attack: readonly CountedCall[];
  /** Whatever the principal did in the week before. */
  readonly usual: readonly CountedCall[];
}

/** Cuts of all breadths in an organization that is attacked: planned as they would be in an account, from the alerts of a replay. */
export async function attackedCuts(
  breadths: readonly Breadth[],
  { seed, actors, days, attacks, offset }: AttackedOptions,
): Promise<readonly AttackedCut[]> {
  const network = labNetworks();
  const ground = organization({ seed, actors, days, half: 'tuning' });
  const stories = STORIES.filter(({ half }) => half === 'tuning');
  const loudness = ['loud', 'medium'] as const;
  const world = attackedWorld({ organization: ground, stories, network, seed, attacks, loudness, offset });
  const labels = labelsOfAttacks(world.attacks).events;
  const storyOf = new Map(world.attacks.map(({ id, story }) => [id, story]));
  const own = ground.accounts.map(({ id }) => id);
  const state = emptyState();
  const byActor = new Map<string, ActivityEvent[]>();
  const found = new Map<string, AttackedCut>();
  const rehearsals = breadths.map((breadth) => {
    const policy = parseResponsePolicy({ rules: [{ id: 'all', mode: 'enforce', breadth }] }, 'test');
    const usual = (actorId: string, before: number) => usualBehavior(state, actorId, before);
    return { breadth, rehearsal: rehearse({ policy, ownAccounts: new Set(own), usual }) };
  });
  await replay(memorySource([...deliver(world.records(), seed)]), {
    settings: { ...defaultSettings, accounts: { own } },
    network,
    alertAfter: world.attacksFrom,
    state,
    onEvent(event) {
      const known = byActor.get(event.actor.id);
      if (known === undefined) byActor.set(event.actor.id, [event]);
      else known.push(event);
      for (const { rehearsal } of rehearsals) rehearsal.event(event);
    },
    onAlert(alert) {
      const { actor, firstSeen, lastSeen } = alert.detail.data;
      const story = alert.detail.data.eventIds.map((id) => storyOf.get(labels[id]?.attack ?? '')).find(Boolean);
      for (const { breadth, rehearsal } of rehearsals) {
        const plan = rehearsal.alert(alert);
        if (story === undefined) continue;
        const from = Date.parse(firstSeen);
        const own = (byActor.get(actor.id) ?? []).filter(({ time }) => time >= from - USUAL_DAYS * DAY_MS);
        const attack = own.filter(
          ({ id, time }) => labels[id] !== undefined && time >= from && time <= Date.parse(lastSeen),
        );
        const before = own.filter(({ id, time }) => labels[id] === undefined && time < from);
        for (const cut of plan.cuts) {
          if (!isOn(cut, own)) continue;
          const key = `${breadth} ${cut.restriction}`;
          if (found.has(key)) continue;
          const calls = { attack: eachOnce(attack), usual: eachOnce(before) };
          found.set(key, { breadth, story, cut, at: plan.notBefore, ...calls });
        }
      }
    },
    onReject() {},
  });
  return [...found.values()];
}

/** On the principal of the alert itself; what is put on others that the attacker made has no past. */
function isOn({ target, details }: PlannedCut, events: readonly ActivityEvent[]): boolean {
  if (!('statements' in details)) return false;
  return events.some(
    ({ actor }) =>
      actor.arn === target ||
      actor.sharedRole?.arn === target ||
      (actor.kind === 'function' && target.endsWith(`/of-function/${actor.name}`)),
  );
}

function eachOnce(events: readonly ActivityEvent[]): readonly CountedCall[] {
  const calls = new Map<string, { event: ActivityEvent; times: number }>();
  for (const event of events) {
    const address = event.network.kind === 'public' || event.network.kind === 'private' ? event.network.address : '';
    const key = JSON.stringify([event.action.name, event.resources, address, event.sessionName, event.accessKeyId]);
    const known = calls.get(key);
    if (known === undefined) calls.set(key, { event, times: 1 });
    else known.times += 1;
  }
  return [...calls.values()];
}
