import { createAccessKey, createUser } from '../../calls/identity.ts';
import {
  getMailAccount,
  getSendStatistics,
  listMailIdentities,
  requestMailProduction,
  sendMail,
  verifyMailDomain,
} from '../../calls/models-and-mail.ts';
import { getSendQuota } from '../../calls/operations.ts';
import type { Call } from '../../record/cloudtrail-record.ts';
import { toThisEnd } from '../attack-story.ts';
import { intrudersUser } from '../characters.ts';
import { story } from '../story.ts';
import { inVain } from '../tale.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-south-1', 'ap-southeast-2', 'sa-east-1', 'eu-west-2'];

/** The account's good name sends somebody else's mail. */
export const mailHijack = story(
  {
    id: 'mail-hijack',
    title: 'Mail sending is explored, let out of its sandbox, and used for somebody else’s letters',
    half: 'test',
    kinds: ['scheduled-user', 'function', 'pipeline', 'instance'],
    sources: [
      'Wiz, "Wiz Discovers Cloud Email Abuse Campaign", 2025, https://www.wiz.io/blog/wiz-discovers-cloud-email-abuse-campaign',
      'Unit 42, "JavaGhost’s Persistent Phishing Attacks From the Cloud", 2025, https://unit42.paloaltonetworks.com/javaghost-cloud-phishing/',
      'Fortinet, "Cloud Abuse at Scale", 2025, https://www.fortinet.com/blog/threat-research/cloud-abuse-at-scale',
      'ATT&CK T1496.004 Cloud Service Hijacking, https://attack.mitre.org/techniques/T1496/004/',
    ],
  },
  (tale) => {
    const { victim, asVictim, random } = tale;
    const { account } = victim;
    const domain = random.pick(['example-billing.com', 'account-notice.example', 'docu-center.example']);
    const inRegions = (call: Call) =>
      tale.some(random.shuffled(REGIONS), { loud: 6, medium: 1, quiet: 0 }).map((region) => ({ ...call, region }));
    const looks = [getSendQuota(), getMailAccount(), listMailIdentities(), getSendStatistics()];
    const user = intrudersUser(account, `ses-smtp-user.2025${random.int(1000, 9999)}`, tale.client);

    tale.step('mail-explored', asVictim, toThisEnd('T1526', ...tale.some(looks, { loud: 4, medium: 2, quiet: 0 })));
    tale.step(
      'sandbox-left',
      asVictim,
      toThisEnd('T1496.004', ...inRegions(requestMailProduction(`https://${domain}`))),
    );
    tale.step(
      'sender-added',
      asVictim,
      inVain('T1136.003', ...tale.by({ loud: [createUser(account, 'mail-admin')], medium: [], quiet: [] })),
      toThisEnd(
        'T1136.003',
        ...tale.by({ loud: [createUser(account, String(user.caller.identity.userName))], medium: [], quiet: [] }),
      ),
      toThisEnd(
        'T1098.001',
        ...tale.by({
          loud: [createAccessKey(String(user.caller.identity.userName), user.keyId)],
          medium: [],
          quiet: [],
        }),
      ),
      toThisEnd(
        'T1496.004',
        ...tale.by({ loud: [verifyMailDomain(domain)], medium: [verifyMailDomain(domain)], quiet: [] }),
      ),
    );
    tale.rest(tale.by({ loud: 15, medium: 60, quiet: 200 }));
    const from = tale.by({ loud: domain, medium: domain, quiet: `${victim.team}.example.com` });
    const count = tale.by({ loud: random.int(90, 180), medium: random.int(6, 10), quiet: 5 });
    tale.step(
      'letters-sent',
      asVictim,
      toThisEnd('T1496.004', ...Array.from({ length: count }, () => sendMail(account, from))),
    );
  },
);
