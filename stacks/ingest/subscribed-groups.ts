import type { Settings } from '@portcullis/config';

/** What a log group may hold, as packages/ingest names it. */
type Kind = 'cloudtrail' | 'function' | 'api' | 'flow';

/** A log group that we subscribe to. */
export interface SubscribedGroup<Name> {
  readonly kind: Kind;
  readonly name: Name;
}

/** The log groups beside the trail's that the settings name. */
export function groupsBesideTrail({
  functionLogGroups,
  apiLogGroups,
  flowLogGroups,
}: Settings['deploy']): readonly SubscribedGroup<string>[] {
  return [
    ...functionLogGroups.map((name) => ({ kind: 'function', name }) as const),
    ...apiLogGroups.map((name) => ({ kind: 'api', name }) as const),
    ...flowLogGroups.map((name) => ({ kind: 'flow', name }) as const),
  ];
}

/** As `ingest-stream` is told: names of log groups have no colon. */
export function toldOf({ kind, name }: SubscribedGroup<string>): string {
  return kind === 'cloudtrail' ? name : `${kind}:${name}`;
}
