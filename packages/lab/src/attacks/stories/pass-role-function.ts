import { ADMINISTRATOR_POLICY, attachRolePolicy } from '../../calls/iam-grants.ts';
import { attachUserPolicy, createAccessKey, createUser } from '../../calls/identity.ts';
import { invoke } from '../../calls/lambda.ts';
import { createLogStream } from '../../calls/operations.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { createFunctionWithRole, deleteFunction, putRule, putTarget } from '../../calls/serverless.ts';
import { toThisEnd } from '../attack-story.ts';
import { functionOf, insideAccount, intrudersUser, otherRoles, plausibleName } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A new function runs under a stronger role than its maker's. */
export const passRoleFunction = story(
  {
    id: 'pass-role-function',
    title: 'A function made to run under a stronger role does what its maker may not',
    half: 'tuning',
    kinds: ['person', 'pipeline', 'infrastructure'],
    sources: [
      'Rhino Security Labs, "AWS IAM Privilege Escalation: Methods and Mitigation", 2018, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/',
      'Unit 42, "Leaked Environment Variables Allow Large-Scale Extortion Operation in Cloud Environments", 2024, https://unit42.paloaltonetworks.com/large-scale-cloud-extortion-operation/',
      'ATT&CK T1648 Serverless Execution, https://attack.mitre.org/techniques/T1648/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const name = plausibleName(tale, 'function');
    const [role = `${victim.team}-admin`, ...refusedRoles] = otherRoles(tale, 8);
    const made = {
      functionName: name,
      runtime: random.pick(['python3.13', 'nodejs24.x']),
      timeout: random.pick([30, 900]),
    };

    tale.step('look-around', asVictim, lookAround(tale, 'identity', 'functions'));
    tale.step(
      'function-made',
      asVictim,
      inVain(
        'T1648',
        ...tale
          .some(refusedRoles, { loud: 5, medium: 1, quiet: 0 })
          .map((roleName) => createFunctionWithRole(account, { ...made, roleName })),
      ),
      toThisEnd('T1648', createFunctionWithRole(account, { ...made, roleName: role })),
    );
    tale.rest(3);
    const runs = tale.by({ loud: random.int(8, 20), medium: 2, quiet: 1 });
    tale.step(
      'function-run',
      asVictim,
      toThisEnd('T1648', ...Array.from({ length: runs }, () => invoke(account, name))),
    );

    const running = functionOf(tale, name, role, insideAccount(tale, runtimeAgent(made.runtime)));
    const user = intrudersUser(account, plausibleName(tale, 'user'), tale.client);
    const userName = String(user.caller.identity.userName);
    tale.step('as-stronger-role', running.service, toThisEnd('T1648', running.call));
    tale.step(
      'as-stronger-role',
      running.session,
      toThisEnd('T1648', createLogStream(name, `[$LATEST]${random.hex(32)}`)),
      ...tale.by({
        loud: [
          toThisEnd('T1136.003', createUser(account, userName)),
          toThisEnd('T1098.003', attachUserPolicy(userName, ADMINISTRATOR_POLICY)),
          toThisEnd('T1098.001', createAccessKey(userName, user.keyId)),
        ],
        medium: [toThisEnd('T1098.003', attachRolePolicy(victim.principalName, ADMINISTRATOR_POLICY))],
        quiet: [],
      }),
      toThisEnd(
        'T1555.006',
        ...tale
          .others('secret', tale.by({ loud: 10, medium: 3, quiet: 2 }))
          .map((secret) => getSecretValue(account, secret)),
      ),
    );
    tale.rest(20);
    if (tale.by({ loud: true, medium: random.chance(0.5), quiet: false })) {
      tale.step(
        'kept-alive',
        asVictim,
        toThisEnd('T1546', putRule(account, name, 'rate(1 hour)'), putTarget(account, name, name)),
      );
    } else if (random.chance(0.5)) {
      tale.step('traces-removed', asVictim, toThisEnd('T1578.005', deleteFunction(name)));
    }
  },
);

function runtimeAgent(runtime: string): string {
  return runtime.startsWith('python')
    ? 'Boto3/1.40.4 md/Botocore#1.40.4 ua/2.1 os/linux#5.10.245-266.983.amzn2.x86_64 lang/python#3.13.7 exec-env/AWS_Lambda_python3.13'
    : 'aws-sdk-js/3.927.0 ua/2.1 os/linux#5.10.245-266.983.amzn2.x86_64 lang/js md/nodejs#24.10.0 exec-env/AWS_Lambda_nodejs24.x';
}
