import type { Actor, ActorKind } from '@portcullis/event';
import type { Identity } from './identity.ts';
import { accountOf } from './record.ts';

/** What tells one actor from another. */
export interface ActorParts {
  /** The identity's own account, else the receiving one, unless given. */
  readonly account?: string;
  readonly kind: ActorKind;
  readonly key: string;
  readonly session?: string;
  readonly arn?: string;
  readonly name: string;
  readonly peerGroup: string;
  readonly sharedRole?: Actor;
  readonly role?: string;
  readonly revocable?: boolean;
  readonly root?: boolean;
}

/** Puts the parts together and adds `via`. All fields are always present, so that all actors have one hidden class. */
export function actor(identity: Identity, parts: ActorParts): Actor {
  const { kind, key, session, name, sharedRole, role, root = false } = parts;
  const account = accountOf(parts.account || identity.account || identity.recipient) || 'unknown';
  const arn = parts.arn || undefined;
  const via = identity.invokedBy || undefined;
  const serviceLinked = arn?.includes(':role/aws-service-role/') ?? false;
  const inSession = session === undefined ? '' : `/${segment(session)}`;
  const onBehalf = via === undefined ? '' : `/via/${segment(via)}`;
  return {
    id: `${account}/${kind}/${segment(key)}${inSession}${onBehalf}`,
    kind,
    account,
    arn,
    name,
    peerGroup: via === undefined || root ? parts.peerGroup : `${kind}/service`,
    via,
    sharedRole,
    role: role || undefined,
    revocable: !serviceLinked && (parts.revocable ?? true),
    root,
  };
}

/** A slash inside a part must not read as the boundary between two. */
function segment(text: string): string {
  return text.includes('/') || text.includes('%') ? text.replaceAll('%', '%25').replaceAll('/', '%2F') : text;
}

/** The one bucket, per receiving account, of callers without a name. */
export function unknownActor(identity: Identity): Actor {
  return actor(
    { ...identity, invokedBy: '' },
    {
      account: identity.recipient,
      kind: 'account',
      key: 'unknown',
      name: 'unknown',
      peerGroup: 'unknown',
      revocable: false,
    },
  );
}

/** The name in an ARN: what follows the last slash. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
