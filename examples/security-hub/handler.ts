import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { importAlerts, type QueueEvent, type QueueResponse } from './import-alerts.ts';

const client = new SecurityHubClient({});
const { PUBLISHER_ACCOUNT = '', PUBLIC_KEYS = '', HUB_ACCOUNT = '', AWS_REGION = '' } = process.env;

export const handler = (event: QueueEvent): Promise<QueueResponse> =>
  importAlerts(event, {
    publisherAccount: PUBLISHER_ACCOUNT,
    publicKeys: JSON.parse(PUBLIC_KEYS),
    hub: { account: HUB_ACCOUNT, region: AWS_REGION },
    importFindings: async (findings) => {
      const { FailedFindings = [] } = await client.send(new BatchImportFindingsCommand({ Findings: [...findings] }));
      return FailedFindings.map(({ Id = '', ErrorCode = '', ErrorMessage = '' }) => ({
        id: Id,
        why: `${ErrorCode} ${ErrorMessage}`.trim(),
      }));
    },
    now: Date.now,
    log: console,
  });
