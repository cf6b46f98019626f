import { nearestNamed, positiveConditions } from './policy-condition.ts';
import type { PolicyPrincipal } from './policy-document.ts';
import { type Recipient, recipientNamed } from './recipient.ts';
import type { JsonObject } from './record.ts';

/**
 * Says whom one principal of a policy statement reaches, its conditions considered.
 *
 * The rule: a condition can bring `*` nearer only by naming accounts, ARNs, organizations or networks with a
 * positive operator that also requires the key to be present. A condition can push a service farther, where it
 * acts for a resource of another account (`aws:SourceAccount`). It never brings a named foreign account nearer.
 */
export function recipientOf(principal: PolicyPrincipal, condition: JsonObject, ownAccount: string): Recipient {
  const { kind, name } = principal;
  if (kind === 'Federated') return federatedRecipient(name, condition, ownAccount);
  if (kind === 'CanonicalUser') return { reach: 'foreign-account', grantee: name };
  const recipient: Recipient =
    kind === 'Service' && name !== '*' ? { reach: 'service', grantee: name } : recipientNamed(name, ownAccount);
  if (recipient.reach === 'public') return nearestNamed(condition, ownAccount) ?? recipient;
  if (recipient.reach !== 'service') return recipient;
  const behalf = nearestNamed(condition, ownAccount);
  return behalf?.reach === 'foreign-account' ? behalf : recipient;
}

/** Identity providers that anybody can get a token of, so that only a condition on the subject tells people apart. */
const SHARED_ISSUERS = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'api.bitbucket.org',
  'agent.buildkite.com',
  'oidc.circleci.com',
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
];

/** Keys that tie a token to somebody: for Cognito and Google the audience is the application's own id. */
const TYING_KEYS = /(?:^|:)(?:sub|job_workflow_ref|repository|repository_owner|repository_id)$/;
const TYING_AUDIENCES =
  /^(?:cognito-identity\.amazonaws\.com|accounts\.google\.com|www\.amazon\.com|graph\.facebook\.com):(?:aud|oaud|app_id)$/;

function federatedRecipient(provider: string, condition: JsonObject, ownAccount: string): Recipient {
  const shared = SHARED_ISSUERS.some((issuer) => provider === issuer || provider.endsWith(`oidc-provider/${issuer}`));
  if (shared) {
    const tied = positiveConditions(condition).some(
      ([key, values]) =>
        (TYING_KEYS.test(key) || TYING_AUDIENCES.test(key)) && values.length > 0 && !values.some(meansAnybody),
    );
    return { reach: tied ? 'own-account' : 'public', grantee: provider };
  }
  return recipientNamed(provider, ownAccount);
}

/** `*`, `repo:*`, `repo:*:ref:...`: no owner is named before the first wildcard. */
function meansAnybody(value: string): boolean {
  const star = value.indexOf('*');
  return star >= 0 && /^(?:repo:|project_path:|organization:|:)*$/.test(value.slice(0, star));
}
