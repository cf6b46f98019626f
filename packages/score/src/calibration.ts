/**
 * What bits are worth: how often normal actor-days reach them, by channel.
 *
 * Bits of different detectors are not comparable by themselves, since each rests on a model of its own. So the
 * largest bits of each channel are counted for every active day of every actor that no alert is open about,
 * and what a channel says now is restated as -log2 of the share of such days that reach it.
 */
export interface Calibration {
  /** Actor-days counted, silent ones included. */
  actorDays: number;
  /** Actor-days by largest bits, in bins of half a bit; by channel. */
  readonly channels: Map<string, number[]>;
}

const BINS_PER_BIT = 2;
/** Up to 64 bits; what lies beyond counts as the last bin. */
const BINS = 128;

/** The tail is fitted to the highest fifth of the days that say anything, and to at most so many. */
const TAIL_SHARE = 0.2;
const MAX_TAIL_DAYS = 60;

/** Mean excess of the tail in bits, at least: a slope above 1 would make more of bits than they are. */
const MIN_SCALE_BITS = Math.LOG2E;

/** Few normal days say anything in rare channels; one unseen trifle must not count for a miracle. */
const MAX_GAIN_BITS = 3;

export function emptyCalibration(): Calibration {
  return { actorDays: 0, channels: new Map() };
}

/** Counts one normal active day of one actor. Changes the calibration in place. */
export function learnDay(calibration: Calibration, maxima: ReadonlyMap<string, number>): void {
  calibration.actorDays += 1;
  for (const [channel, bits] of maxima) {
    if (bits <= 0) continue;
    const bins = calibration.channels.get(channel) ?? new Array<number>(BINS).fill(0);
    const bin = Math.min(BINS - 1, Math.floor(bits * BINS_PER_BIT));
    bins[bin] = (bins[bin] ?? 0) + 1;
    calibration.channels.set(channel, bins);
  }
}

/**
 * Restates bits by the share of normal actor-days that reach them, from shipped and local days together.
 *
 * Inside the data by counting; above the start of the tail by an exponential with its mean excess. Monotone, and
 * never more than three bits above what the detector itself says. Bits of a channel that nothing is known of
 * stay as they are.
 */
export function calibrator(tables: readonly Calibration[]): (channel: string, bits: number) => number {
  const actorDays = tables.reduce((sum, table) => sum + table.actorDays, 0);
  const curves = new Map<string, readonly number[]>();
  return function calibrate(channel, bits) {
    let curve = curves.get(channel);
    if (curve === undefined) {
      curve = curveOf(tables, channel, actorDays);
      curves.set(channel, curve);
    }
    if (curve.length === 0 || bits <= 0) return bits;
    const position = Math.min(BINS, bits * BINS_PER_BIT);
    const below = Math.floor(position);
    const low = curve[below] ?? 0;
    const high = curve[Math.min(BINS, below + 1)] ?? low;
    return Math.min(low + (high - low) * (position - below), bits + MAX_GAIN_BITS);
  };
}

/** Calibrated bits at each edge of a bin; none for a channel without data. */
function curveOf(tables: readonly Calibration[], channel: string, actorDays: number): readonly number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const table of tables) {
    table.channels.get(channel)?.forEach((count, bin) => {
      bins[bin] = (bins[bin] ?? 0) + count;
    });
  }
  /** Days that reach the lower edge of each bin. */
  const reaching = new Array<number>(BINS + 1).fill(0);
  for (let bin = BINS - 1; bin >= 0; bin--) reaching[bin] = (reaching[bin + 1] ?? 0) + (bins[bin] ?? 0);
  const speaking = reaching[0] ?? 0;
  if (speaking === 0) return [];
  const tail = tailOf(bins, reaching, Math.min(MAX_TAIL_DAYS, speaking * TAIL_SHARE));
  return reaching.map((count, edge) => {
    const share = (Math.max(edge < tail.from ? count : tail.days, 0) + 0.5) / (actorDays + 1);
    const beyond = Math.max(0, edge - tail.from) / BINS_PER_BIT;
    return Math.max(0, -Math.log2(Math.min(1, share)) + (beyond / tail.scaleBits) * Math.LOG2E);
  });
}

interface Tail {
  /** Edge at which it begins. */
  readonly from: number;
  readonly days: number;
  /** Mean excess over the beginning, in bits. */
  readonly scaleBits: number;
}

function tailOf(bins: readonly number[], reaching: readonly number[], wanted: number): Tail {
  let from = BINS;
  while (from > 0 && (reaching[from] ?? 0) < wanted) from -= 1;
  const days = reaching[from] ?? 0;
  let excess = 0;
  for (let bin = from; bin < BINS; bin++) excess += ((bin + 0.5 - from) / BINS_PER_BIT) * (bins[bin] ?? 0);
  return { from, days, scaleBits: Math.max(MIN_SCALE_BITS, days === 0 ? 0 : excess / days) };
}

/** A calibration as plain JSON values, channels by name; bins as pairs of index and days. */
export interface StoredCalibration {
  readonly actorDays: number;
  readonly channels: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export function storeCalibration({ actorDays, channels }: Calibration): StoredCalibration {
  const sorted = [...channels].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    actorDays,
    channels: Object.fromEntries(
      sorted.map(([name, bins]) => [name, [...bins.entries()].filter(([, days]) => days > 0)]),
    ),
  };
}

export function restoreCalibration({ actorDays, channels }: StoredCalibration): Calibration {
  const restored = emptyCalibration();
  restored.actorDays = actorDays;
  for (const [name, pairs] of Object.entries(channels)) {
    const bins = new Array<number>(BINS).fill(0);
    for (const [bin = BINS, days = 0] of pairs) if (bin >= 0 && bin < BINS) bins[bin] = days;
    restored.channels.set(name, bins);
  }
  return restored;
}
