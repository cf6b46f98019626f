import type { ActivityEvent } from '@portcullis/event';
import { type DenyDocument, type DenyVerdict, evaluateDeny } from '@portcullis/iam';
import { policyRequestsOf } from '@portcullis/respond';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moto, motoAvailable, startMoto } from './local-aws/moto.ts';
import { type AttackedCut, attackedCuts } from './support/attacked-cuts.ts';
import { cutsOnMoto } from './support/cut-on-moto.ts';
import { simulatedVerdict } from './support/simulate-iam.ts';

/** More organizations, for figures that mean more: `EFFECT_SEEDS=11,12,13,14 EFFECT_ATTACKS=12 EFFECT_ACTORS=60`. */
const SEEDS = (process.env.EFFECT_SEEDS ?? '11').split(',').map(Number);
const ACTORS = Number(process.env.EFFECT_ACTORS ?? 30);
const ATTACKS = Number(process.env.EFFECT_ATTACKS ?? 5);
const DAYS = Number(process.env.EFFECT_DAYS ?? 21);

/** For one small organization half a minute; each larger one takes minutes. */
const SETUP_MS = 3_600_000;

interface Figures {
  cuts: number;
  attack: number;
  attackDenied: number;
  usual: number;
  usualDenied: number;
  undecided: number;
}

describe.runIf(motoAvailable())('policies as they are read back', () => {
  let moto: Moto;
  let cuts: readonly AttackedCut[] = [];
  const figures = new Map<string, Figures>();
  const disagreements: unknown[] = [];
  let compared = 0;

  /** By both; what is known of a call may leave it open. */
  const verdictOn = (document: DenyDocument, event: ActivityEvent): DenyVerdict => {
    const verdicts = policyRequestsOf(event, event.time).map((request) => {
      const verdict = evaluateDeny(document, request);
      if (verdict === 'undecided') return verdict;
      compared += 1;
      const other = simulatedVerdict(document, request);
      if (other !== verdict) disagreements.push({ verdict, other, document, request: [request, ...request.context] });
      return verdict;
    });
    if (verdicts.includes('denied')) return 'denied';
    return verdicts.includes('undecided') ? 'undecided' : 'not-denied';
  };

  const measure = (document: DenyDocument, { breadth, cut, attack, usual }: AttackedCut): Figures => {
    const name = `${breadth} ${cut.action} by ${cut.start}`;
    const of = figures.get(name) ?? { cuts: 0, attack: 0, attackDenied: 0, usual: 0, usualDenied: 0, undecided: 0 };
    figures.set(name, of);
    of.cuts += 1;
    for (const { event, times } of attack) {
      of.attack += times;
      if (verdictOn(document, event) === 'denied') of.attackDenied += times;
    }
    for (const { event, times } of usual) {
      const verdict = verdictOn(document, event);
      of.usual += times;
      if (verdict === 'denied') of.usualDenied += times;
      if (verdict === 'undecided') of.undecided += times;
    }
    return of;
  };

  beforeAll(async () => {
    moto = await startMoto();
    const onMoto = cutsOnMoto(moto.endpoint);
    const found: AttackedCut[] = [];
    for (const [index, seed] of SEEDS.entries()) {
      const options = { seed, actors: ACTORS, days: DAYS, attacks: ATTACKS, offset: (index * ATTACKS) / 2 };
      found.push(...(await attackedCuts(['narrow', 'category', 'everything'], options)));
    }
    cuts = found;
    for (const cut of cuts) measure(await onMoto(cut.cut, cut.at), cut);
    for (const [name, of] of [...figures].sort()) console.info(name, JSON.stringify(of));
    const stories = [...new Set(cuts.map(({ story }) => story))];
    console.info(JSON.stringify({ cuts: cuts.length, compared, disagreements: disagreements.length, stories }));
  }, SETUP_MS);
  afterAll(() => moto?.stop());

  it('are of several kinds', () => {
    expect(new Set(cuts.map(({ cut }) => cut.action)).size).toBeGreaterThan(1);
    expect(compared).toBeGreaterThan(100);
  });

  it('say the same to our matcher and to another implementation of IAM', () => {
    expect(disagreements.slice(0, 3)).toEqual([]);
  });

  it('deny attacks', () => {
    for (const breadth of ['narrow', 'category', 'everything']) {
      const of = total([...figures].filter(([name]) => name.startsWith(breadth)).map(([, one]) => one));
      expect(of.attackDenied, breadth).toBeGreaterThan(0);
    }
  });

  it('leave what is usual alone: narrow cuts deny at most one in a hundred of the usual calls', () => {
    for (const [name, of] of figures) {
      if (name.startsWith('narrow') && name.endsWith('by rule'))
        expect(of.usualDenied, name).toBeLessThanOrEqual(of.usual / 100);
    }
  });
});

function total(all: readonly Figures[]): Figures {
  const sum = { cuts: 0, attack: 0, attackDenied: 0, usual: 0, usualDenied: 0, undecided: 0 };
  for (const of of all) for (const name of Object.keys(sum) as (keyof Figures)[]) sum[name] += of[name];
  return sum;
}
