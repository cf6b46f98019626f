import type { ActorKind } from '@portcullis/event';
import type { Member, MemberKind, Organization } from '../organization.ts';
import type { CloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedActor, World } from '../world.ts';

/**
 * What results are reported by: the sort of a daily member, or that it is seldom or briefly there; `other` for
 * what is nobody's, such as services at work for the account. In recordings, where nobody tells, the product's kind of actor.
 */
export type ActorGroup = MemberKind | 'periodic' | 'ephemeral' | 'other' | ActorKind;

/**
 * Finds out which member is behind an actor of the product, from who left the records.
 *
 * Names would not do: roles are shared, services act for many, and the product's ids are its own.
 */
export class MemberActors {
  readonly #members: ReadonlyMap<string, Member>;
  readonly #authors = new WeakMap<CloudTrailRecord, string>();
  readonly #counts = new Map<string, Map<string, number>>();

  constructor(organization: Pick<Organization, 'members'>) {
    this.#members = new Map(organization.members.map((member) => [member.id, member]));
  }

  /** The same world, whose records are remembered by author. */
  watched<W extends World>(world: W): W {
    const actors = world.actors.map(
      (actor): SimulatedActor => ({
        id: actor.id,
        act: (day, random) => {
          const simulated = actor.act(day, random);
          for (const { record } of simulated) this.#authors.set(record, actor.id);
          return simulated;
        },
      }),
    );
    return { ...world, actors };
  }

  /** Notes as which actors the authors of these records appear. */
  learn(
    records: readonly CloudTrailRecord[],
    events: readonly { readonly id: string; readonly actor: { readonly id: string } }[],
  ): void {
    const authors = new Map(records.map((record) => [record.eventID, this.#authors.get(record)]));
    for (const { id, actor } of events) {
      const author = authors.get(id);
      if (author === undefined) continue;
      const counts = this.#counts.get(actor.id) ?? new Map<string, number>();
      this.#counts.set(actor.id, counts);
      counts.set(author, (counts.get(author) ?? 0) + 1);
    }
  }

  /** The member that left most of the actor's records; none where it was nobody's. */
  memberOf(actorId: string): Member | undefined {
    let most: [author: string, count: number] = ['', 0];
    for (const [author, count] of this.#counts.get(actorId) ?? []) if (count > most[1]) most = [author, count];
    return this.#members.get(most[0]);
  }

  groupOf(actorId: string): ActorGroup {
    return groupOfMember(this.memberOf(actorId));
  }
}

export function groupOfMember(member: Pick<Member, 'kind' | 'cadence'> | undefined): ActorGroup {
  if (member === undefined) return 'other';
  return member.cadence === 'daily' ? member.kind : member.cadence;
}
