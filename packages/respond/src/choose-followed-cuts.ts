import { denyEverything, denySessions } from './deny-statements.ts';
import { accountOfArn, type DraftCut, entityOf } from './draft-cut.ts';
import type { FollowedPrincipal, Trail } from './follow-attacker.ts';

/**
 * Cuts for what the attacker became: sessions opened in the episode, principals and keys made in it.
 *
 * A session of an existing role is denied by its name, so everybody else in that role goes on; what did not exist
 * before is denied whole.
 */
export function chooseFollowedCuts(trail: Trail): readonly DraftCut[] {
  return [...trail.principals.flatMap(cutsOfPrincipal), ...keyCuts(trail)];
}

function cutsOfPrincipal({ arn, created, sessions }: FollowedPrincipal): readonly DraftCut[] {
  const entity = entityOf(arn);
  if (entity === undefined) return [];
  const common = { target: arn, account: accountOfArn(arn), actions: ['*'] };
  if (created) {
    return [
      {
        ...common,
        action: 'deny-category',
        details: { kind: 'deny-category', entity, statements: [denyEverything()] },
        reason: 'made in the episode, so nobody else needs it',
        onCreated: true,
      },
    ];
  }
  if (entity.kind !== 'role' || sessions.length === 0) return [];
  return [
    {
      ...common,
      action: 'deny-session',
      details: { kind: 'deny-session', entity, statements: [denySessions(sessions)] },
      reason: `the ${sessions.length === 1 ? 'session' : 'sessions'} that the attacker opened; others of the role go on`,
    },
  ];
}

/** Only the keys made in the episode: those of before are the user's own. */
function keyCuts({ newKeys, events }: Trail): readonly DraftCut[] {
  const account = events[0]?.account ?? '';
  return [...newKeys].map(([user, keys]) => ({
    action: 'turn-keys-off',
    target: `arn:aws:iam::${account}:user/${user}`,
    account,
    actions: [],
    details: { kind: 'turn-keys-off', user, keys: [...keys].sort() },
    reason: `access keys made in the episode: ${keys.join(', ')}`,
    onCreated: true,
  }));
}
