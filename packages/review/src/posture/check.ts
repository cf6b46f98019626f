/** Questions of the posture report. Ids are stable. */
export const CHECKS = [
  'root-use',
  'root-key',
  'role-open-to-outside',
  'console-without-mfa',
  'key-not-rotated',
  'long-lived-key',
  'key-unused',
  'password-unused',
  'federation-token',
  'long-session',
] as const;

export type Check = (typeof CHECKS)[number];

/** What a check asks, and what to do about what it finds. */
export const CHECK_GUIDE: Readonly<Record<Check, { readonly asks: string; readonly remedy: string }>> = {
  'root-use': {
    asks: 'was a root user at work',
    remedy: 'give the task to a role; keep root for the few that only it can do, and say so beforehand',
  },
  'root-key': {
    asks: 'has a root user access keys',
    remedy: 'delete them: whatever uses them can use a role',
  },
  'role-open-to-outside': {
    asks: 'can somebody outside the account take a role up',
    remedy:
      'name the role that needs it instead of its account; ask for an external id, or for the subject of a provider',
  },
  'console-without-mfa': {
    asks: 'did or could somebody sign in to the console with a password alone',
    remedy: 'enforce a second factor, or replace the user by a federated one',
  },
  'key-not-rotated': {
    asks: 'is an access key older than it should get',
    remedy: 'replace it by a role; as long as that is not possible, rotate it',
  },
  'long-lived-key': {
    asks: 'is an access key in use that does not expire',
    remedy: 'replace it by a role: of a workload, through a provider, or with IAM Roles Anywhere',
  },
  'key-unused': {
    asks: 'is an access key active that nobody uses',
    remedy: 'deactivate it, and delete it after a month',
  },
  'password-unused': { asks: 'is a password active that nobody uses', remedy: 'delete the login profile' },
  'federation-token': {
    asks: 'did a user of long-lived keys hand out federation tokens',
    remedy: 'let a role be taken up instead; such tokens outlive the key they come from',
  },
  'long-session': {
    asks: 'were temporary credentials in use for longer than set',
    remedy: 'lower the session length of the role',
  },
};

export interface PostureFinding {
  readonly check: Check;
  readonly account: string;
  /** ARN where one is known, else a name. */
  readonly subject: string;
  /** What was found, for people. */
  readonly detail: string;
  /** How often, where that can be counted. */
  readonly count?: number;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}
