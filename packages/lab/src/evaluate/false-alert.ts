import type { AnomalyEvent, Evidence } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { Organization } from '../organization.ts';
import { isNews, toldAt } from './credit.ts';
import type { ActorGroup, MemberActors } from './member-actors.ts';

/** A piece of evidence, short enough for a log. */
export type EvidenceNote = Pick<Evidence, 'detector' | 'family' | 'bits' | 'impact' | 'contribution' | 'observed'>;

/** An episode of normal operation that was told. */
export interface FalseAlert {
  readonly episode: string;
  readonly actor: string;
  readonly group: ActorGroup;
  readonly at: EpochMs;
  readonly title: string;
  readonly severity: string;
  /** The highest told. */
  readonly risk: number;
  /** As claimed at that risk: episodes of normal operation a week that get as far. */
  readonly expectedPerWeek: number;
  readonly evidence: readonly EvidenceNote[];
  /** What was going on with its member at the time: kinds of trouble, ids of planned work. */
  readonly goingOn: readonly string[];
}

/** The episodes told in a run without attacks, each as it stood at its worst. */
export function falseAlerts(
  told: readonly AnomalyEvent[],
  organization: Pick<Organization, 'troubles' | 'planned'>,
  members: Pick<MemberActors, 'memberOf' | 'groupOf'>,
): readonly FalseAlert[] {
  return [...worstTold(told)].map(([episode, { first, worst }]) => {
    const { data } = worst.detail;
    const member = members.memberOf(data.actor.id);
    const overlaps = ({ from, to }: { readonly from: EpochMs; readonly to: EpochMs }) =>
      from <= Date.parse(data.lastSeen) && to >= Date.parse(data.firstSeen);
    const troubles = organization.troubles.filter(
      (trouble) => member !== undefined && trouble.members.includes(member.id) && overlaps(trouble),
    );
    const planned = organization.planned.filter(
      (work) => overlaps(work) && work.actors.some((pattern) => covers(pattern, data.actor.name, data.actor.arn)),
    );
    return {
      episode,
      actor: data.actor.name,
      group: members.groupOf(data.actor.id),
      at: toldAt(first),
      title: data.title,
      severity: data.severity,
      risk: data.risk,
      expectedPerWeek: data.expectedPerWeek.value,
      evidence: data.evidence.map(evidenceNote),
      goingOn: [...new Set([...troubles.map(({ kind }) => kind), ...planned.map(({ id }) => `planned ${id}`)])],
    };
  });
}

/** Each episode's first telling, and the one of highest risk. */
export function worstTold(
  told: readonly AnomalyEvent[],
): ReadonlyMap<string, { readonly first: AnomalyEvent; readonly worst: AnomalyEvent }> {
  const episodes = new Map<string, { first: AnomalyEvent; worst: AnomalyEvent }>();
  for (const alert of told) {
    if (!isNews(alert)) continue;
    const known = episodes.get(alert.detail.metadata.id);
    if (known === undefined) episodes.set(alert.detail.metadata.id, { first: alert, worst: alert });
    else if (alert.detail.data.risk > known.worst.detail.data.risk) known.worst = alert;
  }
  return episodes;
}

export function evidenceNote({ detector, family, bits, impact, contribution, observed }: Evidence): EvidenceNote {
  return { detector, family, bits, impact, contribution, observed };
}

/** Whether a pattern with `*` covers a name or an ARN. */
function covers(pattern: string, name: string, arn: string | undefined): boolean {
  const form = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`^${form.join('.*')}$`);
  return whole.test(name) || (arn !== undefined && whole.test(arn));
}
