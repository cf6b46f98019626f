import { createHash } from 'node:crypto';
import { type EpochMs, isoTime, SECOND_MS } from '@portcullis/event';
import { type DenyDocument, parseDenyDocument } from '@portcullis/iam';
import type { ApiCall } from '../api-call.ts';
import { APPLY_TIME, type CutDetails, type DenyAction, type Entity } from '../cut.ts';
import type { CutState } from '../cut-state.ts';
import {
  type Action,
  type Ask,
  type CutInHand,
  type Intention,
  listAt,
  obstacle,
  required,
  shown,
  textAt,
} from './action.ts';

type Details = Extract<CutDetails, { readonly kind: DenyAction }>;

/** Where all of our policies live; the roles that mint and attach are limited to it. */
export const POLICY_PATH = '/portcullis/incident/';

/** Managed policies that a role or user may have, unless the account has raised it. Source: IAM user guide, "IAM quotas". */
const MAX_ATTACHED = 10;

/**
 * Mints a policy that denies, and attaches it to a role or user.
 *
 * A managed policy of our own path, never an inline one: who may attach only that path can grant nothing. Its name
 * follows from its content, so a second try finds what the first made.
 */
export const attachDenyPolicy: Action<Details> = {
  preconditions: [
    'the role or user exists and is the one that was planned for',
    'the document is one of ours: deny only, within the grammar and the size',
    'one more managed policy can be attached',
  ],
  verification: 'the default version reads back as written, and the policy is attached',
  operations: {
    look: [
      'iam:GetRole',
      'iam:GetUser',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:ListPolicyVersions',
      'iam:ListAttachedRolePolicies',
      'iam:ListAttachedUserPolicies',
    ],
    apply: ['iam:CreatePolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy'],
    revert: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy', 'iam:DeletePolicyVersion', 'iam:DeletePolicy'],
  },
  async look(details, hand, ask) {
    const { entity } = details;
    const policyArn = policyArnOf(details, hand);
    const isRole = entity.kind === 'role';
    const principal = await required(ask, isRole ? 'iam:GetRole' : 'iam:GetUser', nameOf(entity));
    const attached = listAt(
      await required(ask, isRole ? 'iam:ListAttachedRolePolicies' : 'iam:ListAttachedUserPolicies', nameOf(entity)),
      'AttachedPolicies',
    ).map((policy) => textAt(policy, 'PolicyArn'));
    const policy = await policyAt(ask, policyArn);
    const later = hasCutOff(details) ? await policyAt(ask, laterOf(policyArn)) : undefined;
    return {
      state: {
        policy: policy?.document ?? null,
        olderVersions: policy?.otherVersions ?? [],
        attached: attached.includes(policyArn),
        ...(hasCutOff(details) && {
          later: later?.document ?? null,
          laterAttached: attached.includes(laterOf(policyArn)),
        }),
      },
      facts: { attached: attached.length },
      liveArn: textAt(principal, isRole ? 'Role' : 'User', 'Arn'),
    };
  },
  intend(details, hand, { state, facts = {} }): Intention {
    const parsed = parseDenyDocument(documentOf(details, hand.at));
    if (parsed.kind === 'refused') return obstacle('outside-grammar', parsed.problems.join('; '));
    if (state.policy !== null && state.policy !== parsed.text) {
      return obstacle('policy-differs', 'a policy of that name says something else');
    }
    if (state.attached !== true && Number(facts.attached) >= MAX_ATTACHED) {
      return obstacle('policy-quota', `${facts.attached} managed policies are attached already`);
    }
    const policyArn = policyArnOf(details, hand);
    return {
      kind: 'calls',
      calls: [
        ...(state.policy === null ? [mint(policyArn, parsed.text)] : []),
        ...(state.attached === true ? [] : [attachment(details.entity, policyArn, 'Attach')]),
      ],
      after: {
        policy: parsed.text,
        olderVersions: [],
        attached: true,
        ...(hasCutOff(details) && { later: null, laterAttached: false }),
      },
    };
  },
  revert(details, hand, before, found) {
    const policyArn = policyArnOf(details, hand);
    const older = Array.isArray(found.olderVersions) ? found.olderVersions : [];
    const isOn = (name: string) => found[name] === true && before[name] !== true;
    const isThere = (name: string) => typeof found[name] === 'string' && typeof before[name] !== 'string';
    return [
      ...(isOn('laterAttached') ? [attachment(details.entity, laterOf(policyArn), 'Detach')] : []),
      ...(isOn('attached') ? [attachment(details.entity, policyArn, 'Detach')] : []),
      ...(isThere('later') ? [unmint(laterOf(policyArn))] : []),
      ...(isThere('policy')
        ? [
            ...older.map(
              (VersionId): ApiCall => ({
                operation: 'iam:DeletePolicyVersion',
                power: 'revert',
                input: { PolicyArn: policyArn, VersionId: VersionId as string },
              }),
            ),
            unmint(policyArn),
          ]
        : []),
    ];
  },
};

/**
 * The cut-off moved to a later time, for sessions opened while the cut was taking hold.
 *
 * By a second policy beside the first: a document is never changed once it may be attached, so no role of ours can write new versions.
 *
 * @param found - what is there now; a try before may have got half way
 */
export function raiseCutOff(
  details: Details,
  hand: CutInHand,
  to: EpochMs,
  found: CutState,
): { readonly calls: readonly ApiCall[]; readonly after: CutState } | undefined {
  if (!hasCutOff(details)) return undefined;
  const parsed = parseDenyDocument(documentOf(details, to));
  if (parsed.kind === 'refused') return undefined;
  const policyArn = laterOf(policyArnOf(details, hand));
  return {
    calls: [
      ...(found.later === null ? [mint(policyArn, parsed.text)] : []),
      ...(found.laterAttached === true ? [] : [attachment(details.entity, policyArn, 'Attach')]),
    ],
    after: { ...found, later: parsed.text, laterAttached: true },
  };
}

/** Whether a cut names the time at which it was put on. */
export function hasCutOff({ statements }: Details): boolean {
  return statements.some(({ Condition }) => Condition?.DateLessThan?.['aws:TokenIssueTime']?.includes(APPLY_TIME));
}

/** The document as it is minted: the time of applying in place of what stood for it, in whole seconds as IAM compares them. */
export function documentOf({ statements }: Details, at: EpochMs): DenyDocument {
  const time = isoTime(Math.ceil(at / SECOND_MS) * SECOND_MS);
  return {
    Version: '2012-10-17',
    Statement: JSON.parse(JSON.stringify(statements), (_, value) => (value === APPLY_TIME ? time : value)),
  };
}

/** Named by what it denies and when; the partition is the target's. */
function policyArnOf(details: Details, { cut, at }: CutInHand): string {
  const partition = cut.target.split(':')[1] ?? 'aws';
  const content = JSON.stringify([documentOf(details, at), cut.target]);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return `arn:${partition}:iam::${cut.account}:policy${POLICY_PATH}${details.kind}-${digest}`;
}

/** Name of the policy beside it that says the same until later. */
function laterOf(policyArn: string): string {
  return `${policyArn}-later`;
}

function mint(policyArn: string, PolicyDocument: string): ApiCall {
  const PolicyName = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  return { operation: 'iam:CreatePolicy', power: 'mint', input: { PolicyName, Path: POLICY_PATH, PolicyDocument } };
}

function unmint(PolicyArn: string): ApiCall {
  return { operation: 'iam:DeletePolicy', power: 'revert', input: { PolicyArn } };
}

function attachment(entity: Entity, PolicyArn: string, verb: 'Attach' | 'Detach'): ApiCall {
  return {
    operation: entity.kind === 'role' ? `iam:${verb}RolePolicy` : `iam:${verb}UserPolicy`,
    power: verb === 'Attach' ? 'attach' : 'revert',
    input: { ...nameOf(entity), PolicyArn },
  };
}

/** What a policy says by default, and which other versions it has; `undefined` where there is none. */
async function policyAt(
  ask: Ask,
  PolicyArn: string,
): Promise<{ readonly document: string; readonly otherVersions: readonly string[] } | undefined> {
  const policy = await shown(ask, 'iam:GetPolicy', { PolicyArn });
  if (policy === undefined) return undefined;
  const VersionId = textAt(policy, 'Policy', 'DefaultVersionId');
  const version = await required(ask, 'iam:GetPolicyVersion', { PolicyArn, VersionId });
  const versions = listAt(await required(ask, 'iam:ListPolicyVersions', { PolicyArn }), 'Versions')
    .map((one) => textAt(one, 'VersionId'))
    .filter((id) => id !== VersionId);
  return { document: readBack(textAt(version, 'PolicyVersion', 'Document')), otherVersions: versions.sort() };
}

function nameOf({ kind, name }: Entity) {
  return kind === 'role' ? { RoleName: name } : { UserName: name };
}

/** IAM gives documents back URL-encoded; what is no document of ours stays as it is, and so differs from what we wrote. */
function readBack(document: string): string {
  const text = document.startsWith('%') ? decodeURIComponent(document) : document;
  const parsed = parseDenyDocument(text);
  return parsed.kind === 'accepted' ? parsed.text : text;
}
