import type { Principal } from '../authorization/authorization.ts';
import type { TrustedPrincipal } from '../policy/statement.ts';
import { ANY_OIDC, ANY_SAML, principalKey } from '../usage/usage.ts';

/** Somebody whom a role trusts and who never took it up. */
export interface UnusedTrust extends TrustedPrincipal {
  readonly reach: 'public' | 'foreign-account' | 'federation' | 'own-account' | 'service';
  readonly risk: number;
}

const RISKS: Readonly<Record<UnusedTrust['reach'], number>> = {
  public: 50,
  'foreign-account': 15,
  federation: 8,
  'own-account': 4,
  service: 2,
};

/** Whom a role trusts without ever being taken up by them, most dangerous first. Denials and what they except stay. */
export function unusedTrust(
  { trust, account }: Pick<Principal, 'trust' | 'account'>,
  takenUpBy: ReadonlyMap<string, number>,
): readonly UnusedTrust[] {
  const trusted = trust.filter(({ effect }) => effect === 'Allow').flatMap(({ principals }) => principals);
  return trusted
    .filter((principal) => ![...takenUpBy.keys()].some((truster) => isMeant(principal, truster)))
    .map((principal) => {
      const reach = reachOf(principal, account);
      return { ...principal, reach, risk: RISKS[reach] };
    })
    .sort((a, b) => b.risk - a.risk || (a.name < b.name ? -1 : 1));
}

function isMeant({ kind, name }: TrustedPrincipal, truster: string): boolean {
  if (kind === 'Service') return truster === name;
  if (kind === 'Federated') {
    if (truster === name) return true;
    return name.includes('saml-provider/') ? truster === ANY_SAML : truster === ANY_OIDC;
  }
  if (name === '*') return true;
  const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  if (account !== undefined) return truster === account || accountOf(truster) === account;
  // A foreign caller is seen by its account alone
  if (truster === accountOf(name)) return true;
  return truster === name || (principalKey(name) !== undefined && principalKey(truster) === principalKey(name));
}

function reachOf({ kind, name }: TrustedPrincipal, own: string): UnusedTrust['reach'] {
  if (kind === 'Service') return 'service';
  if (kind === 'Federated') return 'federation';
  if (name === '*') return 'public';
  const account = /^\d{12}$/.test(name) ? name : accountOf(name);
  return account === own || account === '' ? 'own-account' : 'foreign-account';
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
