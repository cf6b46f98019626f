import { deleteSnapshot } from '../../calls/data.ts';
import {
  archiveFindings,
  deleteLogGroup,
  deleteSubscriptionFilter,
  describeSubscriptionFilters,
  disableAlarmActions,
  disableRule,
  getEventSelectors,
  listRules,
  listTargets,
  putRetention,
  removeTargets,
  trustAddresses,
} from '../../calls/defenses.ts';
import { emptyEventSelectors } from '../../calls/operations.ts';
import { toThisEnd } from '../attack-story.ts';
import { lookAround } from '../look-around.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

/** Nothing is switched off; it merely sees less, keeps less and tells nobody. */
export const rulesAndLogsThinned = story(
  {
    id: 'rules-and-logs-thinned',
    title: 'Alarm rules, log subscriptions, retention and findings are thinned out one by one, then backups go',
    half: 'test',
    kinds: ['person', 'infrastructure', 'pipeline'],
    sources: [
      'Datadog, "Stratus Red Team: Disable CloudTrail Logging Through Event Selectors", https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.cloudtrail-event-selectors/',
      'Unit 42, "JavaGhost’s Persistent Phishing Attacks From the Cloud", 2025, https://unit42.paloaltonetworks.com/javaghost-cloud-phishing/',
      'ATT&CK T1685 Disable or Modify Tools, https://attack.mitre.org/techniques/T1685/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account, team } = victim;
    const [trail = `${team}-audit`] = tale.others('trail', 1);
    const [detector = random.hex(32)] = tale.others('detector', 1);
    const rule = `${team}-${random.pick(['guardduty-to-pager', 'iam-changes', 'root-login'])}`;
    const groups = tale.others('log-group', 4);
    const [group = `/aws/lambda/${team}-api`] = groups;
    const thinning = random.shuffled([
      { technique: 'T1685.002', call: emptyEventSelectors(account, trail) },
      { technique: 'T1685.002', call: putRetention(group, 1) },
      { technique: 'T1685.002', call: deleteSubscriptionFilter(group, 'to-siem') },
      { technique: 'T1685', call: disableRule(rule) },
      { technique: 'T1685', call: removeTargets(rule, ['1', 'pager']) },
      { technique: 'T1685', call: trustAddresses(detector, `${team}-public`) },
      {
        technique: 'T1685',
        call: archiveFindings(detector, 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS'),
      },
      { technique: 'T1685', call: disableAlarmActions([`${team}-errors`, `${team}-root-use`]) },
    ]);
    const looks = [
      listRules(),
      listTargets(rule),
      getEventSelectors(account, trail),
      describeSubscriptionFilters(group),
    ];

    tale.step(
      'look-around',
      asVictim,
      lookAround(tale, 'defenses'),
      toThisEnd('T1526', ...tale.some(looks, { loud: 4, medium: 2, quiet: 0 })),
    );
    for (const attempt of tale.some(thinning, { loud: 8, medium: 3, quiet: 2 })) {
      tale.step(
        'thinned',
        asVictim,
        tale.by({ loud: random.chance(0.3) ? inVain(attempt.technique, attempt.call) : [], medium: [], quiet: [] }),
        attempt,
      );
      tale.rest(tale.by({ loud: 1, medium: 20, quiet: 300 }));
    }
    tale.step(
      'backups-gone',
      asVictim,
      toThisEnd(
        'T1685.002',
        ...tale.by({ loud: groups.map(deleteLogGroup), medium: groups.slice(0, 1).map(deleteLogGroup), quiet: [] }),
      ),
      toThisEnd('T1490', ...tale.others('snapshot', tale.by({ loud: 12, medium: 2, quiet: 1 })).map(deleteSnapshot)),
    );
  },
);
