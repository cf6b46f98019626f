import { type ActivityDelta, grantValue, type Sighting } from '@portcullis/baseline';
import type { Grant } from '@portcullis/event';
import type { Candidate, Detector, Knowledge } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { judgeNovelty } from '../novelty.ts';
import { techniquesOf } from '../techniques.ts';
import { newValue } from './new-value.ts';

/**
 * Finds power given away in a way the actor never gave it: policies, trust, credentials, and resources
 * opened to another account or to everybody.
 */
export const permissionChange: Detector = {
  id: 'permission-change',
  family: 'what',
  about:
    'Trust or permissions changed, or a resource opened to another account or the public, as this actor never did before.',
  blindSpots: [
    'actors that change permissions as their daily work: only new receivers outside the account show',
    'power gained without a change: a role that was too powerful before',
    'conditions in a policy that open more than they seem to: only the common ones are read',
    'requests whose parameters CloudTrail left out or cut',
  ],
  triage: [
    'Read what was given to whom: an outside account and everybody come first, then administrative power, then the rest.',
    'Find the change request behind it. Infrastructure as code leaves a commit; no commit is a reason to worry.',
    'Undo the grant itself, not only the actor: a policy, a key or a trust outlives the session that made it.',
    'Look whether the receiver has used it yet, and treat it as compromised if it has.',
  ],
  remedy: [
    'Let only the deployment role change permissions, under a permissions boundary.',
    'Deny sharing outside the organization by a service control policy (aws:PrincipalOrgID, aws:ResourceOrgID).',
    'Turn on S3 Block Public Access, and IAM Access Analyzer for what is already open.',
  ],
  techniques: ['T1098', 'T1098.001', 'T1098.003', 'T1484.002', 'T1537'],
  examine({ delta, novel }, knowledge) {
    return novel.grant.flatMap((sighting) => judge(sighting, delta, knowledge));
  },
};

function judge(sighting: Sighting, delta: ActivityDelta, knowledge: Knowledge): Candidate[] {
  const [witness] = sighting.witnesses;
  const grant = witness?.grants.find((given) => grantValue(given) === sighting.value);
  if (witness === undefined || grant === undefined) return [];
  const novelty = judgeNovelty('grant', sighting, knowledge);
  const outside = isOutside(grant, knowledge.ownAccounts);
  const traits = {
    detector: 'permission-change',
    family: 'what',
    feature: 'grant',
    noun: 'change of permissions',
    verb: 'made',
    impact: outside || grant.administrative ? IMPACT.share : LIMITED_IMPACT,
    techniques: techniquesOf(witness.action.name),
    observed: describeGrant(grant),
    // Trust for an outsider whom nobody in the account ever trusted: told whatever it adds up to
    always:
      outside &&
      grant.form === 'trust-policy' &&
      novelty.accountUsers === 0 &&
      !isHabit(knowledge.calibrate(CHANNEL, novelty.bits), knowledge),
    novelty,
  } as const;
  return [newValue(sighting, traits, delta, knowledge)];
}

/** What `newValue` makes of this detector and its feature. */
const CHANNEL = 'permission-change/grant';

/** From here on a grant is strange even for those whose work is granting: one active day in five hundred. */
const STRANGE_BITS = 9;

/** Active days that a habit takes: before, everything is new and means nothing. */
const HABIT_DAYS = 7;

/**
 * Whether giving power away in new ways is this actor's work: then the next outsider is weighed like all else. The bits alone
 * would not do, since they stay low in a young or small account for whoever grants there.
 */
function isHabit(bits: number, { own, ageDays }: Knowledge): boolean {
  return bits < STRANGE_BITS && ageDays >= HABIT_DAYS && (own?.features.grant.values.size ?? 0) > 0;
}

/** Limited power inside the account changes hands every day: a key rotated, a queue opened to a function. */
const LIMITED_IMPACT = 0.9;

/** What ingest puts where a record leaves its request out. */
const NOT_TOLD = 'unknown';

function isOutside({ reach, grantee }: Grant, ownAccounts: ReadonlySet<string>): boolean {
  if (reach === 'public') return true;
  if (reach !== 'foreign-account') return false;
  const account = /\d{12}/.exec(grantee)?.[0];
  return account === undefined || !ownAccounts.has(account);
}

/** `administrative identity-policy on user/alice for own-account arn:aws:iam::123456789012:user/alice`. */
function describeGrant({ form, reach, grantee, resource, administrative }: Grant): string {
  const power = administrative ? `administrative ${form}` : form;
  const opened = resource === NOT_TOLD ? '' : ` on ${resource}`;
  const receiver = reach === 'public' ? 'everybody' : grantee === NOT_TOLD ? reach : `${reach} ${grantee}`;
  return `${power}${opened} for ${receiver}`;
}
