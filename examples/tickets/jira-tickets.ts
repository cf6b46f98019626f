import type { Tickets } from './tickets.ts';

export interface JiraSettings {
  /** https://example.atlassian.net */
  readonly site: string;
  readonly project: string;
  readonly issueType: string;
  /** Names of the steps of the project's workflow. */
  readonly closeStep: string;
  readonly reopenStep: string;
  /** `mail:token`, from a secret. */
  readonly credentials: () => Promise<string>;
  readonly fetch: typeof fetch;
}

const TIMEOUT_MS = 10_000;
const BACKSLASHES_AND_QUOTES = /["\\]/g;

/** Tickets in Jira, by version 2 of its REST API. Others need the same six calls. */
export function jiraTickets({
  site,
  project,
  issueType,
  closeStep,
  reopenStep,
  credentials,
  fetch,
}: JiraSettings): Tickets {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(await credentials()).toString('base64')}`;
    const response = await fetch(new URL(`/rest/api/2/${path}`, site), {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // The answer may repeat what was sent, so it stays out of the log
    if (!response.ok) throw new Error(`Jira answered ${response.status} to ${method} ${path.split('?')[0]}`);
    return response.status === 204 ? undefined : await response.json();
  }

  /** A workflow offers a step only where it leads elsewhere, so one that is not offered has been taken. */
  async function take(key: string, step: string): Promise<void> {
    const { transitions } = (await call('GET', `issue/${key}/transitions`)) as {
      readonly transitions: readonly { readonly id: string; readonly name: string }[];
    };
    const offered = transitions.find(({ name }) => name === step);
    if (offered !== undefined) await call('POST', `issue/${key}/transitions`, { transition: { id: offered.id } });
  }

  return {
    async find(label) {
      const jql = `project = "${quoted(project)}" AND labels = "${quoted(label)}" ORDER BY created ASC`;
      const query = new URLSearchParams({ jql, fields: 'key', maxResults: '1' });
      const { issues } = (await call('GET', `search/jql?${query}`)) as {
        readonly issues: readonly { readonly key: string }[];
      };
      return issues[0]?.key;
    },
    async create({ label, title, text, priority }) {
      const fields = {
        project: { key: project },
        issuetype: { name: issueType },
        labels: ['portcullis', label],
        summary: title,
        description: noFormat(text),
        priority: { name: priority },
      };
      const { key } = (await call('POST', 'issue', { fields })) as { readonly key: string };
      return key;
    },
    async update(key, { title, priority }) {
      await call('PUT', `issue/${key}`, { fields: { summary: title, priority: { name: priority } } });
    },
    async comment(key, text) {
      await call('POST', `issue/${key}/comment`, { body: noFormat(text) });
    },
    close: (key) => take(key, closeStep),
    reopen: (key) => take(key, reopenStep),
  };
}

/** Text from logs makes no links, mentions or macros: Jira shows what is in such a block as it is. */
function noFormat(text: string): string {
  return `{noformat}\n${text.replaceAll('{noformat}', '{ noformat}')}\n{noformat}`;
}

function quoted(text: string): string {
  return text.replaceAll(BACKSLASHES_AND_QUOTES, '\\$&');
}
