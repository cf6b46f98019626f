import { parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, type EpochIndex, epochOf, epochStart, type NetworkLookup } from '@portcullis/event';
import { type LogSource, replay } from '@portcullis/pipeline';
import type { Organization } from '../organization.ts';
import { randomStream } from '../random.ts';
import { simulate } from '../simulate.ts';
import { type FunctionHour, functionHours, functionLogData } from './function-logs.ts';

/** What befalls a function, as its logs tell it, and for how many hours. */
const FUNCTION_ATTACKS = {
  'wallet-drained': {
    hours: 6,
    wakes: true,
    change: (hour: FunctionHour) => ({ ...hour, runs: 30 * hour.runs + 300 }),
  },
  'runs-grown': { hours: 12, wakes: true, change: (hour: FunctionHour) => ({ ...hour, runs: 5 * hour.runs + 20 }) },
  mining: {
    hours: 12,
    wakes: true,
    change: (hour: FunctionHour) => ({
      ...hour,
      medianMs: 12 * hour.medianMs,
      maxMemoryMb: Math.round(0.97 * hour.memoryMb),
    }),
  },
  copying: { hours: 6, wakes: false, change: (hour: FunctionHour) => ({ ...hour, medianMs: 4 * hour.medianMs }) },
  probing: {
    hours: 4,
    wakes: true,
    change: (hour: FunctionHour) => ({ ...hour, runs: 3 * hour.runs + 10, failedShare: 0.6 }),
  },
  silenced: { hours: 24, wakes: false, change: (hour: FunctionHour) => ({ ...hour, linesPerRun: 0 }) },
} as const;

type FunctionAttack = keyof typeof FUNCTION_ATTACKS;

export interface FunctionMeasure {
  readonly functions: number;
  readonly lines: number;
  /** Weeks that functions were judged for, all together, in hundreds. */
  readonly hundredFunctionWeeks: number;
  /** Alerts without any attack. */
  readonly falseAlerts: number;
  /** Evidence without any attack, by detector; most of it tells nobody anything. */
  readonly falseEvidence: Readonly<Record<string, number>>;
  readonly found: Readonly<
    Record<string, { readonly tried: number; readonly evidence: number; readonly alerts: number }>
  >;
}

export interface FunctionMeasureOptions {
  readonly organization: Organization;
  readonly seed: number;
  readonly network: NetworkLookup;
  readonly learnDays: number;
}

/** Judges an organization's functions by their own logs alone: as they are, then with something befalling one in three. */
export async function measureFunctions(options: FunctionMeasureOptions): Promise<FunctionMeasure> {
  const { organization, seed, learnDays } = options;
  const hours = [...functionHours(organization, simulate(organization, seed), seed)];
  const benign = await judged(hours, options);
  const victims = [...new Set(hours.map(({ member }) => member.id))].filter((_, index) => index % 3 === 0);
  const kinds = Object.keys(FUNCTION_ATTACKS) as FunctionAttack[];
  const plan = new Map(victims.map((id, index) => [id, planned(id, kinds[index % kinds.length] ?? 'mining', options)]));
  const attacked = await judged(befallen(hours, plan), options);
  const found: Record<string, { tried: number; evidence: number; alerts: number }> = {};
  for (const [id, { kind, from, to }] of plan) {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const own = hours.filter(({ member }) => member.id === id);
    const active = own.filter(({ epoch }) => epoch >= from && epoch < to);
    // What is not at work can be made to work, not to work otherwise
    if (!FUNCTION_ATTACKS[kind].wakes && active.length === 0) continue;
    if (kind === 'silenced' && active.every(({ linesPerRun }) => linesPerRun === 0)) continue;
    if (own.filter(({ epoch }) => epoch < from).length < MIN_HOURS) continue;
    const count = found[kind] ?? { tried: 0, evidence: 0, alerts: 0 };
    found[kind] = count;
    const within = (last: number) => last >= epochStart(from) && last <= epochStart(to) + DAY_MS;
    count.tried += 1;
    if (attacked.evidence.some((one) => one.name === name && within(one.last))) count.evidence += 1;
    if (attacked.alerts.some(({ detail: { data } }) => data.actor.name === name && within(Date.parse(data.lastSeen))))
      count.alerts += 1;
  }
  const falseEvidence: Record<string, number> = {};
  for (const { detector } of benign.evidence) falseEvidence[detector] = (falseEvidence[detector] ?? 0) + 1;
  const functions = new Set(hours.map(({ member }) => member.id)).size;
  return {
    functions,
    lines: benign.lines,
    hundredFunctionWeeks: (functions * (organization.days - learnDays)) / 700,
    falseAlerts: new Set(benign.alerts.map(({ detail }) => detail.metadata.id)).size,
    falseEvidence,
    found,
  };
}

/** Hours at work before, below which nothing is known of a function. */
const MIN_HOURS = 24;

/** The same hours, changed for who is attacked; those who are woken get hours of their own. */
function befallen(
  hours: readonly FunctionHour[],
  plan: ReadonlyMap<string, ReturnType<typeof planned>>,
): readonly FunctionHour[] {
  const changed = hours.map((hour) => {
    const attack = plan.get(hour.member.id);
    const on = attack !== undefined && hour.epoch >= attack.from && hour.epoch < attack.to;
    return on ? FUNCTION_ATTACKS[attack.kind].change(hour) : hour;
  });
  const woken = [...plan].flatMap(([id, { kind, from, to }]) => {
    const own = hours.filter(({ member }) => member.id === id);
    const like = own[0];
    if (like === undefined || !FUNCTION_ATTACKS[kind].wakes) return [];
    const at = new Set(own.map(({ epoch }) => epoch));
    const epochs = Array.from({ length: to - from }, (_, index) => from + index).filter((epoch) => !at.has(epoch));
    return epochs.map((epoch) =>
      FUNCTION_ATTACKS[kind].change({ ...like, epoch, runs: 1, coldStarts: 1, requestIds: [] }),
    );
  });
  return [...changed, ...woken].sort((a, b) => a.epoch - b.epoch || (a.member.id < b.member.id ? -1 : 1));
}

function planned(id: string, kind: FunctionAttack, { organization, seed, learnDays }: FunctionMeasureOptions) {
  const random = randomStream('function-attack', seed, id);
  const day = random.int(learnDays + 1, organization.days - 2);
  const from: EpochIndex = epochOf(organization.start + day * DAY_MS) + random.int(8, 16);
  return { kind, from, to: from + FUNCTION_ATTACKS[kind].hours };
}

async function judged(
  hours: readonly FunctionHour[],
  { organization, seed, network, learnDays }: FunctionMeasureOptions,
) {
  const alertAfter = organization.start + learnDays * DAY_MS;
  const detectors = {
    'invocation-rate': 'alert',
    'invocation-length': 'alert',
    'invocation-errors': 'alert',
    'function-silence': 'alert',
  };
  const settings = parseSettings({ functions: { region: organization.account.region }, detectors }, 'measurement');
  const alerts: AnomalyEvent[] = [];
  const evidence: { name: string; detector: string; last: number }[] = [];
  const { unique, state } = await replay(sourceOf(hours, seed), {
    settings,
    network,
    alertAfter,
    onAlert: (event) => {
      alerts.push(event);
    },
    onReject: () => {},
  });
  for (const episode of state.episodes.values()) {
    for (const { detector, last } of episode.evidence) {
      if (last >= alertAfter) evidence.push({ name: episode.actor.name, detector, last });
    }
  }
  for (const {
    detail: { data },
  } of alerts) {
    for (const { detector } of data.evidence)
      evidence.push({ name: data.actor.name, detector, last: Date.parse(data.lastSeen) });
  }
  return { lines: unique, alerts, evidence };
}

async function* sourceOf(hours: readonly FunctionHour[], seed: number): LogSource {
  for (const [index, hour] of hours.entries()) {
    const next = hours[index + 1];
    yield {
      name: 'functions',
      bytes: Buffer.from(JSON.stringify(functionLogData(hour, seed))),
      precedingLines: 0,
      laterStartsAt: next && epochStart(next.epoch),
    };
  }
}
