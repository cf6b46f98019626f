import { createHash } from 'node:crypto';
import { ConflictException, CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { type EpochMs, isoTime } from '@portcullis/event';
import { foldEntries, type Ledger, SWEEP_AFTER_MS } from '@portcullis/respond';

/** One waking at a time to come. */
export interface Waking {
  /** Function, without the beginning of its name. */
  readonly wakes: 'respond' | 'keep-leases';
  readonly at: EpochMs;
  readonly input: Readonly<Record<string, string>>;
}

/** Sets a waking; set already is as good. */
export type SetWaking = (waking: Waking) => Promise<void>;

/** One-time schedules of EventBridge, which delete themselves once they are over. */
export function oneTimeSchedules(
  scheduler: Pick<SchedulerClient, 'send'>,
  { group, roleArn, functionArn }: { group: string; roleArn: string; functionArn(name: string): string },
): SetWaking {
  return async ({ wakes, at, input }) => {
    const Input = JSON.stringify(input);
    const time = isoTime(at).slice(0, 19);
    const digest = createHash('sha256').update(`${wakes} ${time} ${Input}`).digest('hex').slice(0, 24);
    try {
      await scheduler.send(
        new CreateScheduleCommand({
          GroupName: group,
          // The same waking has the same name, so that it is set once
          Name: `${wakes}-${digest}`,
          ScheduleExpression: `at(${time})`,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: functionArn(wakes),
            RoleArn: roleArn,
            Input,
            RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 },
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
  };
}

/** Race sweeps after a response: what an attacker did in the seconds of it is in the logs by then. */
export function sweepsAfter(alert: string, at: EpochMs): readonly Waking[] {
  return SWEEP_AFTER_MS.map((after) => ({ wakes: 'respond', at: at + after, input: { alert } }));
}

/** When leases end by themselves, and when proposals that wait for their delay may start. The sweeper finds what this misses. */
export async function wakingsOf(ledger: Ledger, now: EpochMs): Promise<readonly Waking[]> {
  const wakings: Waking[] = [];
  for (const restriction of await ledger.open()) {
    for (const { id, holds, onHold, expiresAt, state, plan } of foldEntries(
      await ledger.read(restriction),
    ).leases.values()) {
      if (holds && !onHold && expiresAt !== undefined && expiresAt > now) {
        wakings.push({ wakes: 'keep-leases', at: expiresAt, input: { lease: id } });
      }
      if (state === 'proposed' && plan.mode === 'enforce' && plan.notBefore > now) {
        wakings.push({ wakes: 'respond', at: plan.notBefore, input: { alert: plan.alert.id } });
      }
    }
  }
  return wakings;
}
