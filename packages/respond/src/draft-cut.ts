import { createHash } from 'node:crypto';
import type { CutAction, CutDetails, Entity, PlannedCut } from './cut.ts';

/** A cut as it is chosen, before it is weighed who may start it and when it ends. */
export interface DraftCut {
  readonly action: CutAction;
  readonly target: string;
  readonly account: string;
  readonly region?: string | undefined;
  readonly actions: readonly string[];
  readonly details: CutDetails;
  readonly reason: string;
  /** Only a person may start it: it costs what is usual, or rests on less than certainty. */
  readonly onlyPerson?: boolean;
  /** Put on what the attacker made: nobody else needs it, so it has no reason to end by itself. */
  readonly onCreated?: boolean;
}

/** What a cut puts in force, as a short name: equal for whoever wants the same. */
export function restrictionOf({ account, region = '', action, target, details }: DraftCut): string {
  const { proof: _, ...content } = { proof: '', ...details };
  return `${account}/${action}/${digest([region, target, content])}`;
}

export function revocationId(alertId: string, restriction: string): PlannedCut['id'] {
  return `rev-${digest([alertId, restriction])}`;
}

/** The role or user behind an ARN; `undefined` where it is neither. */
export function entityOf(arn: string): Entity | undefined {
  const [, kind, path = ''] = /^arn:aws[a-z-]*:iam::\d{12}:(role|user|group)\/(.+)$/.exec(arn) ?? [];
  if (kind !== 'role' && kind !== 'user' && kind !== 'group') return undefined;
  return { kind, arn, name: path.slice(path.lastIndexOf('/') + 1) };
}

export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
