import type { EpochMs } from '@portcullis/event';
import { type Assumption, assumeRole } from '../calls/identity.ts';
import type { Member } from '../organization.ts';
import { type Account, accessKeyIdOf } from '../record/account.ts';
import { awsService, type Caller, type Client, foreignPrincipal, iamUser, roleSession } from '../record/caller.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import type { Tale } from './tale.ts';

/** A role that the intruder takes up, before and after. */
export interface TakenRole {
  /** The call that hands the session out. */
  readonly call: Call;
  readonly session: Caller;
}

/** Takes a role up at that time under a session name. */
export function takeRole(
  account: Account,
  roleName: string,
  sessionName: string,
  at: EpochMs,
  client: Client,
): TakenRole {
  const assumption: Assumption = {
    roleName,
    sessionName,
    accessKeyId: accessKeyIdOf('ASIA', account.id, roleName, sessionName, at),
    at,
  };
  return {
    call: assumeRole(account, assumption),
    session: roleSession(account, { ...assumption, since: at }, client),
  };
}

/** What CloudTrail shows in the account of the role when somebody of another account takes it up. */
export function fromAccount(account: Account, otherAccountId: string, client: Client): Caller {
  return foreignPrincipal(account, otherAccountId, client);
}

/** A user with a key that belongs to the intruder alone. */
export function intrudersUser(account: Account, userName: string, client: Client): { caller: Caller; keyId: string } {
  const caller = iamUser(account, userName, client, 'intruder');
  return { caller, keyId: String(caller.identity.accessKeyId) };
}

/** A function's own session, of a function that the intruder has made or changed. */
export function functionOf(
  tale: Tale,
  functionName: string,
  roleName: string,
  client: Client,
): TakenRole & { readonly service: Caller } {
  const { victim, pace } = tale;
  return {
    ...takeRole(victim.account, roleName, functionName, pace.now(), client),
    service: awsService(victim.account, 'lambda.amazonaws.com'),
  };
}

/** Names under which intruders' roles, users and functions pass for the house's own. */
export function plausibleName(tale: Tale, thing: 'user' | 'role' | 'function'): string {
  const { random, victim } = tale;
  const stem = random.pick([
    victim.team,
    'backup',
    'cloudwatch',
    'audit',
    'support',
    'terraform',
    'datasync',
    'billing',
  ]);
  const endings = {
    user: ['svc', 'sync', 'reader', 'ops', 'ci'],
    role: ['service-role', 'automation', 'access', 'delivery', 'readonly'],
    function: ['helper', 'cleanup', 'sync', 'check', 'rotate'],
  };
  return `${stem}-${random.pick(endings[thing])}${random.chance(0.3) ? `-${random.int(2, 9)}` : ''}`;
}

/** Roles that may be taken up or passed: not those of Identity Center or of AWS services. */
export function otherRoles(tale: Tale, count: number): readonly string[] {
  const fit = (name: string) => !/^AWS(Reserved|Service)/.test(name) && name !== tale.victim.principalName;
  const listed = tale.others('role', 50).filter(fit);
  const members = tale.organization.members
    .filter(
      ({ account, kind, id }: Member) =>
        account.id === tale.victim.account.id &&
        (kind === 'function' || kind === 'pipeline' || kind === 'infrastructure') &&
        id !== tale.victim.id,
    )
    .map(({ principalName }) => principalName)
    .filter(fit);
  return tale.random.shuffled([...new Set([...listed, ...members])]).slice(0, count);
}

/** The most similar other member that is there in its time: same kind and account, same team if possible. */
export function similarTo(victim: Member, members: readonly Member[]): Member | undefined {
  const alike = members.filter(
    (member) =>
      member.id !== victim.id &&
      member.kind === victim.kind &&
      member.account.id === victim.account.id &&
      member.joins < victim.leaves &&
      victim.joins < member.leaves,
  );
  return alike.find(({ team }) => team === victim.team) ?? alike[0];
}

/** Client of something that runs in the account itself: the address of a workload that is there, and its runtime's agent. */
export function insideAccount(tale: Tale, userAgent = INSTANCE_CLI): Client {
  const { organization, victim, random, pace } = tale;
  const workloads = organization.members.filter(
    ({ kind, account }) => account.id === victim.account.id && (kind === 'function' || kind === 'instance'),
  );
  const address = workloads.length > 0 ? random.pick(workloads).client(pace.now(), random).address : ELSEWHERE_IN_AWS;
  return { address, userAgent };
}

const INSTANCE_CLI =
  'aws-cli/2.27.41 md/awscrt#0.26.1 ua/2.1 os/linux#6.1.141-155.222.amzn2023.x86_64 md/arch#x86_64 lang/python#3.13.4';

/** Network address of a block of EC2. */
const ELSEWHERE_IN_AWS = '34.244.12.0';
