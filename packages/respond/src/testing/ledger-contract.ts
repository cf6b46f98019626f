import { HOUR_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import type { Change, Ledger, LedgerEntry, PlanHead } from '../ledger.ts';
import { AT, aCut, aPlan, FUNCTION } from './builders.ts';

const cut = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);
const { id, alert, account, actor, confirmed, linked, notBefore, rule, mode, severity } = aPlan([cut]);
const plan: PlanHead = { id, alert, account, actor, confirmed, linked, notBefore, rule, mode, severity };
const proposed: Change = { kind: 'proposed', cut, plan, lapsesAt: AT + HOUR_MS, approvals: 1 };
const approved: Change = { kind: 'approved', by: 'rule stop' };
const intended: Change = { kind: 'intended', before: { concurrency: null }, after: { concurrency: 0 } };

function entry(restriction: string, sequence: number, change: Change, at = AT): LedgerEntry {
  return { restriction, sequence, at, lease: cut.id, change };
}

/** What every ledger has to keep, in memory and elsewhere; a suite of its own calls it with a way to make an empty one. */
export function ledgerContract(makeLedger: () => Promise<Ledger> | Ledger): void {
  it('gives back what was appended, in order, and of one restriction only', async () => {
    const ledger = await makeLedger();
    const lines = [entry('r/1', 1, proposed), entry('r/1', 2, approved), entry('r/1', 3, intended)];

    for (const line of lines) expect(await ledger.append(line)).toBe('appended');
    expect(await ledger.append(entry('r/2', 1, proposed))).toBe('appended');

    expect(await ledger.read('r/1')).toEqual(lines);
    expect(await ledger.read('r/none')).toEqual([]);
  });

  it('writes each line once: whoever comes second reads again', async () => {
    const ledger = await makeLedger();
    await ledger.append(entry('r/1', 1, proposed));

    const racing = await Promise.all([
      ledger.append(entry('r/1', 2, approved)),
      ledger.append(entry('r/1', 2, intended)),
    ]);

    expect(racing.toSorted()).toEqual(['appended', 'taken']);
    expect(await ledger.append(entry('r/1', 1, approved))).toBe('taken');
    expect(await ledger.read('r/1')).toHaveLength(2);
  });

  it('knows what is not over, and what was done for an alert', async () => {
    const ledger = await makeLedger();
    await ledger.append(entry('r/1', 1, proposed));
    await ledger.append(entry('r/2', 1, proposed));
    await ledger.append(entry('r/2', 2, { kind: 'rejected', by: 'x', reason: 'known' }));

    expect(await ledger.open()).toEqual(['r/1']);
    expect((await ledger.ofAlert('a1')).toSorted()).toEqual(['r/1', 'r/2']);
    expect(await ledger.ofAlert('a2')).toEqual([]);
  });

  it('counts intents from a time on, with whom they were about', async () => {
    const ledger = await makeLedger();
    await ledger.append(entry('r/1', 1, proposed, AT - HOUR_MS));
    await ledger.append(entry('r/1', 2, intended, AT - HOUR_MS));
    await ledger.append(entry('r/2', 1, proposed));
    await ledger.append(entry('r/2', 2, intended));

    expect(await ledger.intentsSince(AT)).toEqual([{ account, actor: actor.id, at: AT }]);
    expect(await ledger.intentsSince(AT - HOUR_MS)).toHaveLength(2);
  });
}
