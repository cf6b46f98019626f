import type { RevocationEvent } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import { foldEntries, isOver } from '../leases.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import type { ResponsePorts } from '../ports.ts';
import type { MemoryAccount } from './memory-account.ts';

/** A ledger in memory; the condition of `append` is the point of it. */
export function memoryLedger(entries: LedgerEntry[] = []): Ledger & { readonly entries: LedgerEntry[] } {
  const of = (restriction: string) => entries.filter((entry) => entry.restriction === restriction);
  const names = () => [...new Set(entries.map(({ restriction }) => restriction))].sort();
  return {
    entries,
    read: (restriction) => Promise.resolve(of(restriction)),
    append(entry) {
      const taken = entries.some(
        ({ restriction, sequence }) => restriction === entry.restriction && sequence >= entry.sequence,
      );
      if (taken) return Promise.resolve('taken');
      entries.push(structuredClone(entry));
      return Promise.resolve('appended');
    },
    open: () =>
      Promise.resolve(
        names().filter((name) => [...foldEntries(of(name)).leases.values()].some((lease) => !isOver(lease))),
      ),
    ofAlert: (alert) =>
      Promise.resolve(
        names().filter((name) =>
          [...foldEntries(of(name)).leases.values()].some((lease) => lease.plan.alert.id === alert),
        ),
      ),
    intentsSince: (time) =>
      Promise.resolve(
        entries
          .filter(({ change, at }) => change.kind === 'intended' && at >= time)
          .flatMap(({ restriction, lease: id, at }) => {
            const lease = foldEntries(of(restriction)).leases.get(id);
            return lease === undefined ? [] : [{ account: lease.plan.account, actor: lease.plan.actor.id, at }];
          }),
      ),
  };
}

/** Ports that can be set while a test goes on. */
export interface MemoryPorts extends ResponsePorts {
  readonly ledger: Ledger & { readonly entries: LedgerEntry[] };
  readonly events: RevocationEvent[];
  readonly clock: { now: EpochMs };
  readonly dials: { killSwitch: 'armed' | 'stopped'; activeActors: number; blockedAttempts: number };
}

/** A live lane over one account in memory; waiting moves its clock. */
export function memoryPorts(account: Pick<MemoryAccount, 'call'>, now: EpochMs, entries?: LedgerEntry[]): MemoryPorts {
  const clock = { now };
  const dials: MemoryPorts['dials'] = { killSwitch: 'armed', activeActors: 1000, blockedAttempts: 0 };
  const events: RevocationEvent[] = [];
  return {
    clock,
    dials,
    events,
    ledger: memoryLedger(entries),
    mode: 'live',
    configVersion: 'test',
    now: () => clock.now,
    pause(milliseconds) {
      clock.now += milliseconds;
      return Promise.resolve();
    },
    call: (call, place) => account.call(call, place),
    publish(event) {
      events.push(event);
      return Promise.resolve();
    },
    killSwitch: () => Promise.resolve(dials.killSwitch),
    activeActors: () => Promise.resolve(dials.activeActors),
    blockedAttempts: () => Promise.resolve(dials.blockedAttempts),
  };
}
