import {
  describeTasks,
  executeCommand,
  listClusters,
  listRepositories,
  listTasks,
  pullImage,
  registerTask,
  runTask,
} from '../../calls/containers.ts';
import { getObject } from '../../calls/data.ts';
import { getCallerIdentity } from '../../calls/identity.ts';
import { getSecretValue } from '../../calls/secrets.ts';
import { toThisEnd } from '../attack-story.ts';
import { insideAccount, otherRoles, takeRole } from '../characters.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** A shell in a container, and from there its task's role. */
export const execIntoTasks = story(
  {
    id: 'exec-into-tasks',
    title: 'Shells in running containers hand out the roles of their tasks',
    half: 'test',
    kinds: ['person', 'pipeline', 'infrastructure'],
    sources: [
      'AWS Security Blog, "Cryptomining campaign targeting Amazon EC2 and Amazon ECS", 2025, https://aws.amazon.com/blogs/security/cryptomining-campaign-targeting-amazon-ec2-and-amazon-ecs/',
      'Sysdig, "SCARLETEEL 2.0: Fargate, Kubernetes, and Crypto", 2023, https://sysdig.com/blog/scarleteel-2-0/',
      'ATT&CK T1609 Container Administration Command, https://attack.mitre.org/techniques/T1609/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random, pace } = tale;
    const { account, team } = victim;
    const cluster = random.pick([team, `${team}-prod`, 'default']);
    const tasks = Array.from({ length: tale.by({ loud: 6, medium: 2, quiet: 1 }) }, () => random.hex(32));
    const [role = `${team}-task`, second = role] = otherRoles(tale, 2);
    const looks = [listClusters(), listTasks(cluster), describeTasks(cluster, tasks), listRepositories()];

    tale.step(
      'containers-listed',
      asVictim,
      lookAround(tale, 'compute'),
      toThisEnd('T1613', ...tale.some(looks, { loud: 4, medium: 2, quiet: 0 })),
    );
    for (const task of tasks) {
      tale.step(
        'shell',
        asVictim,
        inVain(
          'T1609',
          ...tale.by({
            loud: random.chance(0.5) ? [executeCommand(cluster, task, 'sidecar')] : [],
            medium: [],
            quiet: [],
          }),
        ),
        toThisEnd('T1609', executeCommand(cluster, task, 'app')),
      );
      tale.rest(tale.by({ loud: 3, medium: 20, quiet: 120 }));
      const client = tale.by({
        loud: tale.abroad(),
        medium: tale.abroad(['other-region', 'other-cloud']),
        quiet: insideAccount(tale),
      });
      const { session } = takeRole(account, random.pick([role, second]), task, pace.now(), client);
      tale.step(
        'task-role',
        session,
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
              Array.from({ length: tale.by({ loud: 4, medium: 1, quiet: 1 }) }, () => getObject(bucket, random.hex(8))),
            ),
        ),
      );
    }
    tale.step(
      'own-container',
      asVictim,
      toThisEnd(
        'T1613',
        ...tale.by({
          loud: [pullImage(account, `${team}/api`, 'latest')],
          medium: [pullImage(account, `${team}/api`, 'latest')],
          quiet: [],
        }),
      ),
      toThisEnd(
        'T1610',
        ...tale.by({
          loud: [
            registerTask(account, `${team}-debug`, 'public.ecr.aws/docker/library/alpine:3', role),
            runTask(cluster, `${team}-debug:1`, 2),
          ],
          medium: [],
          quiet: [],
        }),
      ),
    );
  },
);
