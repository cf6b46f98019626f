import { describe, expect, it } from 'vitest';
import { localTail, normalRate, REFERENCE_RISK, riskAtRate, SHIPPED_TAIL } from './normal-tail.ts';

const BUDGET = 1;
/** Episodes a hundred-actor-week that the shipped tail expects between reference and threshold. */
const EXPECTED = normalRate(REFERENCE_RISK, SHIPPED_TAIL) - BUDGET;

describe('localTail', () => {
  it('is the shipped one where nothing was seen', () => {
    expect(localTail({ hundredActorWeeks: 0, episodes: 0 }, BUDGET)).toBe(SHIPPED_TAIL);
  });

  it('stays, apart from doubt, where a deployment is as expected', () => {
    const { riskAtOnePerWeek } = localTail({ hundredActorWeeks: 400, episodes: 400 * EXPECTED }, BUDGET);

    expect(riskAtOnePerWeek).toBeCloseTo(SHIPPED_TAIL.riskAtOnePerWeek, 0);
    expect(riskAtOnePerWeek).toBeGreaterThan(SHIPPED_TAIL.riskAtOnePerWeek);
  });

  it.each([
    { times: 3, direction: 1, why: 'a busy deployment raises it' },
    { times: 0.2, direction: -1, why: 'a quiet one lowers it' },
  ])('$why, slowly', ({ times, direction }) => {
    const tailAfter = (weeks: number) =>
      localTail({ hundredActorWeeks: weeks, episodes: times * weeks * EXPECTED }, BUDGET).riskAtOnePerWeek;
    const [soon, later] = [2, 60].map((weeks) => (tailAfter(weeks) - SHIPPED_TAIL.riskAtOnePerWeek) * direction);

    expect(later).toBeGreaterThan(soon ?? 99);
    expect(later).toBeGreaterThan(1);
  });

  it('moves within bounds', () => {
    const { riskAtOnePerWeek } = localTail({ hundredActorWeeks: 1000, episodes: 1e9 }, BUDGET);

    expect(riskAtOnePerWeek).toBeCloseTo(riskAtRate(1 / 4, SHIPPED_TAIL), 10);
  });
});
