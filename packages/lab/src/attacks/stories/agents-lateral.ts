import { getUserData, sendSshPublicKey } from '../../calls/compute.ts';
import { getObject } from '../../calls/data.ts';
import { describeManagedInstances, getCommandInvocation, startSession, terminateSession } from '../../calls/fleet.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { sendCommand } from '../../calls/operations.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { accessKeyIdOf } from '../../record/account.ts';
import { roleSession } from '../../record/caller.ts';
import { toThisEnd } from '../attack-story.ts';
import { insideAccount, otherRoles } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** From machine to machine through the fleet's own management. */
export const agentsLateral = story(
  {
    id: 'agents-lateral',
    title: 'Commands through Systems Manager lead from one machine to others and their roles',
    half: 'test',
    kinds: ['instance', 'person', 'infrastructure'],
    sources: [
      'Mitiga, "Abusing the SSM Agent as a Remote Access Trojan", 2023, https://www.mitiga.io/blog/mitiga-security-advisory-abusing-the-ssm-agent-as-a-remote-access-trojan',
      'Permiso, "LUCR-3: Scattered Spider Getting SaaS-y in the Cloud", 2023, https://permiso.io/blog/lucr-3-scattered-spider-getting-saas-y-in-the-cloud',
      'ATT&CK T1651 Cloud Administration Command, https://attack.mitre.org/techniques/T1651/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account } = victim;
    const machines = tale.others('instance', tale.by({ loud: 8, medium: 2, quiet: 1 }));
    const roles = otherRoles(tale, 3);

    tale.step(
      'fleet-listed',
      asVictim,
      lookAround(tale, 'compute'),
      toThisEnd(
        'T1580',
        ...tale.by({ loud: [describeManagedInstances()], medium: [describeManagedInstances()], quiet: [] }),
      ),
    );
    for (const [index, machine] of machines.entries()) {
      const way = random.pick(['command', 'session', 'ssh'] as const);
      const commandId = random.uuid();
      const sessionId = `${victim.principalName}-0${random.hex(16)}`;
      const calls = {
        command: [
          sendCommand(machine, commandId),
          ...tale.by({ loud: [getCommandInvocation(commandId, machine)], medium: [], quiet: [] }),
        ],
        session: [
          startSession(account, machine, sessionId),
          ...tale.by({ loud: [terminateSession(sessionId)], medium: [], quiet: [] }),
        ],
        ssh: [sendSshPublicKey(machine)],
      }[way];
      tale.step(
        'machine-entered',
        asVictim,
        toThisEnd('T1552.005', ...tale.by({ loud: [getUserData(machine)], medium: [], quiet: [] })),
        inVain(
          'T1651',
          ...tale.by({ loud: random.chance(0.4) ? [sendCommand(machine, random.uuid())] : [], medium: [], quiet: [] }),
        ),
        toThisEnd(way === 'command' ? 'T1651' : 'T1021.007', ...calls),
      );
      tale.rest(tale.by({ loud: 2, medium: 15, quiet: 90 }));

      const role = roles[index % Math.max(1, roles.length)] ?? `${victim.team}-node`;
      const since = pace.now();
      const node = roleSession(
        account,
        {
          roleName: role,
          sessionName: machine,
          accessKeyId: accessKeyIdOf('ASIA', machine, since),
          since,
          fromInstance: true,
        },
        tale.by({
          loud: tale.abroad(['hosting', 'vpn']),
          medium: tale.abroad(['other-region']),
          quiet: insideAccount(tale),
        }),
      );
      tale.step(
        'as-that-machine',
        node,
        toThisEnd('T1552.005', ...tale.by({ loud: [getCallerIdentity()], medium: [getCallerIdentity()], quiet: [] })),
        toThisEnd(
          'T1555.006',
          ...tale
            .others('secret', tale.by({ loud: 3, medium: 1, quiet: 1 }))
            .map((name) => getSecretValue(account, name)),
        ),
        toThisEnd(
          'T1530',
          ...tale
            .others('bucket', 1)
            .flatMap((bucket) =>
              Array.from({ length: tale.by({ loud: 5, medium: 2, quiet: 1 }) }, () => getObject(bucket, random.hex(8))),
            ),
        ),
      );
    }
  },
);
