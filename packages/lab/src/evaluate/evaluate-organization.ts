import type { Settings } from '@portcullis/config';
import { DAY_MS, type EpochIndex, epochOf, type NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import type { Loudness, Organization, Story } from '../organization.ts';
import { simulate } from '../simulate.ts';
import { type AttackPlan, planAttacks } from './attack-plan.ts';
import { declaredWork } from './declared-work.ts';
import { ExposureCount } from './exposure.ts';
import type { OrganizationFigures } from './figures.ts';
import { type HourOfLogs, hoursOfLogs } from './hours-of-logs.ts';
import { judge, type LanePlan, type Run } from './judge.ts';
import { learn } from './learn.ts';
import { MemberActors } from './member-actors.ts';
import { AS_GIVEN, ablations, GENEROUS_BUDGET, withBudget, withOwnAccounts } from './settings-variants.ts';
import { summarizeLanes } from './summarize-lanes.ts';

/** How an organization is put to the test. Plain data. */
export interface OrganizationOptions {
  readonly seed: number;
  readonly learnDays: number;
  readonly judgeDays: number;
  readonly budgets: readonly number[];
  readonly loudness: readonly Loudness[];
  /** Attacks of each loudness on this organization. */
  readonly perLoudness: number;
  /** Attacks in one run, at most; the others get runs of their own. */
  readonly perRun: number;
  /** Attacks of each loudness on the organizations before; stories go on from there. */
  readonly offset: number;
  /** Planned work is told to the product beforehand. */
  readonly declared: boolean;
  /** Measures at this budget what each detector adds. */
  readonly ablationBudget?: number | undefined;
  readonly settings: Settings;
}

/** What the options cannot carry across threads. */
export interface Ground {
  readonly organization: Organization;
  readonly stories: readonly Story[];
  readonly network: NetworkLookup;
  /** Called now and then with the share of the time that is simulated. */
  onProgress?(share: number): void;
}

const BENIGN: Run = { id: 'benign', attacks: [] };
const TWINS_PER_STORY = 2;

/**
 * Measures the product and the plain rules on one organization: it is watched in silence first, then judged without
 * attacks, and again with as many runs of attacks as it takes.
 *
 * One pass over the organization's time: silence is learned once and saved, and all judged runs start from what was
 * saved and read the same records side by side.
 */
export async function evaluateOrganization(ground: Ground, options: OrganizationOptions): Promise<OrganizationFigures> {
  const { organization, network } = ground;
  const { seed, learnDays, judgeDays, budgets, ablationBudget } = options;
  const from = organization.start + learnDays * DAY_MS;
  const to = from + judgeDays * DAY_MS;
  const settings = withOwnAccounts(
    options.settings,
    organization.accounts.map(({ id }) => id),
  );
  const members = new MemberActors(organization);
  const progress = (epoch: EpochIndex) =>
    ground.onProgress?.((epoch - epochOf(organization.start)) / (24 * (learnDays + judgeDays)));

  const { attacks, twins } = plan(ground, options, { from, to });
  const attacked: Run[] = [
    BENIGN,
    ...attacks.runs.map((planned, index): Run => ({ id: `attacks-${index}`, attacks: planned })),
  ];
  const runs: Run[] = [
    ...attacked,
    ...twins.runs.map((planned, index): Run => ({ id: `twins-${index}`, attacks: planned })),
  ];
  const shadowed = ablationBudget === undefined ? [] : [...ablations(settings)];
  const variants = new Map([[AS_GIVEN, settings], ...shadowed]);

  const hours = hoursOfLogs(simulate(members.watched(organization), seed));
  const [silent, judgedHours] = splitAt(hours, epochOf(from), epochOf(to));
  const learned = await learn(silent, {
    variants,
    network,
    alertAfter: from,
    onHour({ epoch, records }, events) {
      members.learn(records, events);
      progress(epoch);
    },
  });

  const lanes: LanePlan[] = [
    ...budgets.flatMap((budget) =>
      runs.map((run): LanePlan => ({ run, variant: AS_GIVEN, settings: withBudget(settings, budget) })),
    ),
    ...attacked
      .filter(() => !budgets.includes(GENEROUS_BUDGET))
      .map((run): LanePlan => ({ run, variant: AS_GIVEN, settings: withBudget(settings, GENEROUS_BUDGET) })),
    ...shadowed.flatMap(([detector, shadow]) =>
      attacked.map((run): LanePlan => ({ run, variant: detector, settings: withBudget(shadow, ablationBudget ?? 1) })),
    ),
  ];
  const exposure = new ExposureCount(from, to);
  let records = 0;
  const judged = await judge(judgedHours, {
    learned,
    lanes,
    network,
    alertAfter: from,
    decisions: options.declared ? declaredWork(organization) : [],
    onHour(hour, events) {
      members.learn(hour.records, events);
      exposure.add(events);
      records += hour.records.length;
      progress(hour.epoch);
    },
  });

  return {
    seed,
    members: organization.members.length,
    records,
    exposure: exposure.total(
      (actorId) => members.groupOf(actorId),
      (actorId) => members.memberOf(actorId)?.id,
    ),
    runs: attacks.runs.length,
    unplaced: attacks.unplaced,
    ...summarizeLanes({ lanes, judged, attacks, twins, organization, members, budgets, ablationBudget, from }),
  };
}

function plan(
  { organization, stories, network }: Ground,
  { seed, loudness, perLoudness, perRun, offset }: OrganizationOptions,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly attacks: AttackPlan; readonly twins: AttackPlan } {
  const ingest = createIngest({ network });
  const common = {
    organization,
    loudness,
    from,
    to,
    seed,
    offset,
    ingest: (records: Parameters<typeof hoursOfLogs>[0]) =>
      [...hoursOfLogs(records)].flatMap(({ bytes }) => ingest.container(bytes, 0).events),
  };
  const alike = stories.filter(({ twin }) => twin !== undefined);
  return {
    attacks: planAttacks({ ...common, stories, perLoudness, perRun }),
    twins: planAttacks({
      ...common,
      stories: alike,
      loudness: loudness.slice(0, 1),
      perLoudness: alike.length * TWINS_PER_STORY,
      perRun,
      tell: (story, setting) => story.twin?.(setting) ?? [],
    }),
  };
}

/** The hours before an epoch, and those from it on until another. Both read on from one source; the first must be read to its end. */
function splitAt(
  hours: Iterator<HourOfLogs>,
  at: EpochIndex,
  end: EpochIndex,
): readonly [Generator<HourOfLogs>, Generator<HourOfLogs>] {
  let held: HourOfLogs | undefined;
  function* until(epoch: EpochIndex): Generator<HourOfLogs> {
    for (;;) {
      const next = held === undefined ? hours.next() : { done: false, value: held };
      held = undefined;
      if (next.done) return;
      if (next.value.epoch >= epoch) {
        held = next.value;
        return;
      }
      yield next.value;
    }
  }
  return [until(at), until(end)];
}
