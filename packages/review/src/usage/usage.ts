/**
 * What principals were seen to do, for a review. Bounded, and free of content: names of actions and things, days and counts.
 *
 * Days are whole days since 1970-01-01 (UTC).
 */
export interface Usage {
  /** By `principalKey`. */
  readonly principals: ReadonlyMap<string, PrincipalUsage>;
  /** Days on which anything was logged, by account. */
  readonly days: ReadonlyMap<string, ReadonlySet<number>>;
  /** Service prefixes that anybody used, by account. */
  readonly services: ReadonlyMap<string, ReadonlySet<string>>;
  /** Actors of an account, functions mostly, whose role is not known; some role that seems unused may be theirs. */
  readonly unattributed: ReadonlyMap<string, number>;
  /** Where it was not read from logs but from baselines: actions are known, things touched are not. */
  readonly source: 'logs' | 'baselines';
}

export interface PrincipalUsage {
  readonly actions: ReadonlyMap<string, ActionUse>;
  /** Calls of which no IAM action is known, by service prefix. */
  readonly unmapped: ReadonlyMap<string, number>;
  /** Who took up this role, as its trust would name it: an ARN, a service, an account, or one of the two below; with the last day. */
  readonly takenUpBy: ReadonlyMap<string, number>;
  readonly activeDays: ReadonlySet<number>;
  /** More actions were used than are kept, so that one which is missing may have been used. */
  readonly incomplete: boolean;
}

/** How one action was used. */
export interface ActionUse {
  /** Calls that got past authorization. */
  readonly calls: number;
  readonly refused: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** By ARN pattern. */
  readonly things: ReadonlyMap<string, ThingUse>;
  /** Some call touched something that the log does not name well enough, or there were too many things to keep. */
  readonly unknownThings: boolean;
  /** Only known to come along with another action: `iam:PassRole`. */
  readonly implied: boolean;
}

export interface ThingUse {
  readonly calls: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** IAM names are unique within an account, whatever their path, which logs often drop: `111122223333:role/orders`. */
export function principalKey(arn: string): string | undefined {
  const match = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(role|user|assumed-role|federated-user)\/(.+)$/.exec(arn);
  if (match === null) return undefined;
  const [, account = '', sort = '', path = ''] = match;
  if (sort === 'assumed-role') return `${account}:role/${path.split('/')[0]}`;
  if (sort === 'federated-user') return undefined;
  return `${account}:${sort}/${path.slice(path.lastIndexOf('/') + 1)}`;
}

/** Who came through some identity provider, where the log does not tell which. */
export const ANY_SAML = 'federated:saml';
export const ANY_OIDC = 'federated:oidc';
