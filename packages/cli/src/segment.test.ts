import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortcullis } from './testing/run-portcullis.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-segment-'));
const [groups, interfaces, policy, logs] = ['groups.json', 'interfaces.json', 'policy.json', 'flows.log'].map((name) =>
  path.join(folder, name),
) as [string, string, string, string];

beforeAll(() => {
  const write = (file: string, content: object) => writeFileSync(file, JSON.stringify(content));
  const owned = { OwnerId: '111122223333', VpcId: 'vpc-1' };
  write(groups, {
    SecurityGroups: [
      {
        ...owned,
        GroupId: 'sg-0db',
        GroupName: 'orders-db',
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'all' }] },
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
      { ...owned, GroupId: 'sg-0api', GroupName: 'orders-api', IpPermissions: [], IpPermissionsEgress: [] },
    ],
  });
  write(interfaces, {
    NetworkInterfaces: [
      { ...owned, NetworkInterfaceId: 'eni-0aaaaaaaa', PrivateIpAddress: '10.0.2.20', Groups: [{ GroupId: 'sg-0db' }] },
      {
        ...owned,
        NetworkInterfaceId: 'eni-0bbbbbbbb',
        PrivateIpAddress: '10.0.1.10',
        Groups: [{ GroupId: 'sg-0api' }],
      },
    ],
  });
  write(policy, {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'old-topic',
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:orders-api',
        },
      ],
    }),
    RevisionId: 'r',
  });
  const lines = Array.from({ length: 30 }, (_, day) => {
    const start = Date.UTC(2026, 9, 1) / 1000 + day * 86_400;
    return `2 111122223333 eni-0aaaaaaaa 10.0.1.10 10.0.2.20 ${40_000 + day} 5432 6 9 4200 ${start} ${start + 59} ACCEPT OK`;
  });
  writeFileSync(logs, [...lines, lines[0]].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('segment', () => {
  const month = ['--min-days', '20'];

  it('lists what can be narrower, and why nothing is said of the others', async () => {
    const { code, stdout } = await runPortcullis(['segment', groups, interfaces, policy, '--logs', logs, ...month]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/orders-db \(sg-0db\).*3 to 1.*1, 0 broken/);
    expect(stdout).toContain('1 group refused: interfaces-unseen');
    expect(stdout).toContain('1 statement of functions stay');
    const short = await runPortcullis(['segment', groups, interfaces, '--logs', logs]);
    expect(short.stdout).toContain('refused: history-too-short (30 days of flow logs; 90 are needed)');
  });

  it('shows each rule of a group and what becomes of it, and writes a page without scripts', async () => {
    const report = path.join(folder, 'report.html');
    const args = ['segment', groups, interfaces, '--logs', logs, ...month, '--show', 'orders-*', '--report', report];
    const { stdout } = await runPortcullis(args);

    expect(stdout).toContain('- ingress tcp 0-65535 from 10.0.0.0/8  (in use on 30 days)');
    expect(stdout).toContain('+ ingress tcp 5432 from orders-api (sg-0api)');
    expect(stdout).toContain('- ingress tcp 22 from 0.0.0.0/0  (nothing rested on it)');
    expect(readFileSync(report, 'utf8')).toContain('<svg class="graph"');
  });

  it('prints what EC2 takes', async () => {
    const { stdout } = await runPortcullis(['segment', groups, interfaces, '--logs', logs, ...month, '--json']);

    const [first] = stdout.trim().split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      kind: 'proposed',
      groupId: 'sg-0db',
      checked: { kept: 1, broken: 0, undecided: 0 },
      authorizeIngress: [
        {
          IpProtocol: 'tcp',
          FromPort: 5432,
          ToPort: 5432,
          UserIdGroupPairs: [{ GroupId: 'sg-0api', Description: 'all' }],
        },
      ],
      revokeEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  });

  it.each([
    { args: ['segment', groups, '--logs', logs], says: 'needs the network interfaces too' },
    { args: ['segment', logs, '--logs', logs], says: 'flows.log: not JSON' },
    { args: ['segment', groups, interfaces, '--logs', logs, '--show', 'none'], says: '--show: no security group' },
    { args: ['segment', groups, interfaces], says: '--logs' },
  ])('$says', async ({ args, says }) => {
    const { code, stderr } = await runPortcullis(args);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
