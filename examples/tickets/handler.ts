import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Severity } from '@portcullis/contract';
import { dynamoStore } from './dynamo-store.ts';
import { followAlert } from './follow-alert.ts';
import { jiraTickets } from './jira-tickets.ts';

const secrets = new SecretsManagerClient({});
const { env } = process;

const tickets = jiraTickets({
  site: env.JIRA_SITE ?? '',
  project: env.JIRA_PROJECT ?? '',
  issueType: env.JIRA_ISSUE_TYPE ?? 'Task',
  closeStep: env.JIRA_CLOSE_STEP ?? 'Done',
  reopenStep: env.JIRA_REOPEN_STEP ?? 'To Do',
  credentials: async () => {
    const command = new GetSecretValueCommand({ SecretId: env.JIRA_SECRET_ARN });
    return (await secrets.send(command)).SecretString ?? '';
  },
  fetch,
});

export const handler = (event: unknown): Promise<void> =>
  followAlert(event, {
    publisherAccount: env.PUBLISHER_ACCOUNT ?? '',
    publicKeys: JSON.parse(env.PUBLIC_KEYS ?? ''),
    minSeverity: (env.MIN_SEVERITY ?? 'MEDIUM') as Severity,
    tickets,
    store: dynamoStore(new DynamoDBClient({}), env.TABLE ?? '', Date.now),
    now: Date.now,
    log: console,
  });
