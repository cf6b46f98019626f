import type { Member, MemberKind, Organization, Story, StorySetting } from '../organization.ts';
import { type Tale, tale } from './tale.ts';

export interface StoryOutline extends Omit<Story, 'fits' | 'tell' | 'twin'> {
  /** Whom it can happen to. */
  readonly kinds: readonly MemberKind[];
  /** What a member needs besides. */
  readonly needs?: (member: Member, organization: Organization) => boolean;
  /** The unlabelled telling is the benign look-alike. */
  readonly twin?: boolean;
}

/** A story out of its outline and its teller. */
export function story({ kinds, needs, twin, ...outline }: StoryOutline, teller: (tale: Tale) => void): Story {
  const told = (setting: StorySetting, labelled: boolean) => {
    const told = tale(outline.id, outline.half, setting, { labelled });
    teller(told);
    return told.records;
  };
  return {
    ...outline,
    fits: (member, organization) => kinds.includes(member.kind) && (needs?.(member, organization) ?? true),
    tell: (setting) => told(setting, true),
    ...(twin && { twin: (setting: StorySetting) => told(setting, false) }),
  };
}
