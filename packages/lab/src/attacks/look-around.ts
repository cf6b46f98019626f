import {
  describeAddresses,
  describeImages,
  describeKeyPairs,
  describeRegions,
  describeSubnets,
  describeVpcs,
  getServiceQuota,
  getUserData,
} from '../calls/compute.ts';
import { describeSnapshots, getBucketAcl, getBucketPolicy, listBuckets } from '../calls/data.ts';
import { describeDatabaseSnapshots, describeDatabases, listTables } from '../calls/databases.ts';
import { describeHub, describeRecorders, listDetectors, listRules } from '../calls/defenses.ts';
import { describeManagedInstances, describeOrganization, describeParameters, listAccounts } from '../calls/fleet.ts';
import { getAccountSummary, getUser, listAccessKeys, listOpenIdProviders } from '../calls/iam-credentials.ts';
import {
  listGroups,
  listGroupsForUser,
  listPolicies,
  listRolePolicies,
  listUserPolicies,
} from '../calls/iam-grants.ts';
import {
  getAccountAuthorizationDetails,
  getCallerIdentity,
  getRole,
  listAttachedRolePolicies,
  listRoles,
  listUsers,
} from '../calls/identity.ts';
import { describeKey, listBackupVaults, listKeys } from '../calls/keys-and-backups.ts';
import { getFunction, getFunctionPolicy, listFunctions } from '../calls/lambda.ts';
import { getMailAccount, listModels } from '../calls/models-and-mail.ts';
import {
  describeInstances,
  describeLogGroups,
  describeSecurityGroups,
  describeTrails,
  describeVolumes,
  getSendQuota,
} from '../calls/operations.ts';
import { listSecrets } from '../calls/secrets.ts';
import { listEventSources, listLayers } from '../calls/serverless.ts';
import { getBucketLocation, getBucketVersioning } from '../calls/storage.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import type { Attempt, Tale } from './tale.ts';

/** What an intruder wants to know about. */
export type Subject = 'identity' | 'compute' | 'storage' | 'functions' | 'data' | 'secrets' | 'defenses' | 'quotas';

/** ATT&CK techniques of looking for it. */
const TECHNIQUES: Readonly<Record<Subject, string>> = {
  identity: 'T1087.004',
  compute: 'T1580',
  storage: 'T1619',
  functions: 'T1526',
  data: 'T1580',
  secrets: 'T1526',
  defenses: 'T1526',
  quotas: 'T1526',
};

function questions(tale: Tale, subject: Subject): readonly Call[] {
  switch (subject) {
    case 'identity':
      return [
        listUsers(),
        listRoles(),
        listGroups(),
        listPolicies(),
        getAccountSummary(),
        getAccountAuthorizationDetails(),
        getUser(),
        listOpenIdProviders(),
        ...tale
          .others('user', 3)
          .flatMap((user) => [listAccessKeys(user), listUserPolicies(user), listGroupsForUser(user)]),
        ...tale
          .others('role', 4)
          .flatMap((role) => [getRole(role), listAttachedRolePolicies(role), listRolePolicies(role)]),
      ];
    case 'compute':
      return [
        describeInstances(),
        describeSecurityGroups(),
        describeVolumes(),
        describeVpcs(),
        describeSubnets(),
        describeRegions(),
        describeKeyPairs(),
        describeAddresses(),
        describeImages(),
        describeManagedInstances(),
        ...tale.others('instance', 4).map(getUserData),
      ];
    case 'storage':
      return [
        listBuckets(),
        ...tale
          .others('bucket', 6)
          .flatMap((name) => [
            getBucketLocation(name),
            getBucketAcl(name),
            getBucketPolicy(name),
            getBucketVersioning(name),
          ]),
      ];
    case 'functions':
      return [
        listFunctions(),
        listLayers(),
        listEventSources(),
        listRules(),
        ...tale.others('function', 6).flatMap((name) => [getFunction(name), getFunctionPolicy(name)]),
      ];
    case 'data':
      return [
        describeDatabases(),
        describeDatabaseSnapshots(),
        describeSnapshots(),
        listTables(),
        listBackupVaults(),
        listKeys(),
        ...tale.others('key', 2).map((key) => describeKey(tale.victim.account, key)),
      ];
    case 'secrets':
      return [listSecrets(), describeParameters(), listKeys()];
    case 'defenses':
      return [describeTrails(), listDetectors(), describeRecorders(), describeHub(), describeLogGroups(), listRules()];
    case 'quotas':
      return [
        getSendQuota(),
        getMailAccount(),
        listModels(),
        getServiceQuota('ec2', 'L-417A185B'),
        getServiceQuota('ec2', 'L-1216C47A'),
        describeOrganization(),
        listAccounts(),
      ];
  }
}

/** Out of every hundred questions of an intruder that looks around, how many AWS refuses. */
const REFUSED: Readonly<Record<Tale['victim']['kind'], number>> = {
  person: 12,
  infrastructure: 5,
  scanner: 10,
  pipeline: 30,
  service: 40,
  function: 55,
  instance: 45,
  'scheduled-user': 45,
};

/**
 * Questions about the subjects: dozens where the story is loud, a few where it is medium, hardly one where it is quiet.
 *
 * Which ones, and which of them are refused, differs from telling to telling; a workload is refused more than a person.
 */
export function lookAround(tale: Tale, ...subjects: readonly Subject[]): readonly Attempt[] {
  const { random, victim } = tale;
  const asked = subjects.flatMap((subject) =>
    questions(tale, subject).map((call) => ({
      technique: TECHNIQUES[subject],
      call,
      ...(random.chance(REFUSED[victim.kind] / 100) && { refused: true }),
    })),
  );
  const count = tale.by({ loud: random.int(18, 40), medium: random.int(2, 4), quiet: 0 });
  const first = tale.by({ loud: 1, medium: 0.6, quiet: 0.25 });
  return [
    ...(random.chance(first) ? [{ technique: 'T1078.004', call: getCallerIdentity() }] : []),
    ...random.shuffled(asked).slice(0, count),
  ];
}
