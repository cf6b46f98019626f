import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AnomalyEvent, Verdict } from '@portcullis/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoStore } from '../../examples/tickets/dynamo-store.ts';
import { type Following, followAlert } from '../../examples/tickets/follow-alert.ts';
import { jiraTickets } from '../../examples/tickets/jira-tickets.ts';
import { ticketText } from '../../examples/tickets/ticket-text.ts';
import type { NewTicket, TicketState, TicketStore, Tickets } from '../../examples/tickets/tickets.ts';
import { type Changes, signedAlert, trusted, untrustworthy } from './signed-alert.ts';

interface Ticket extends NewTicket {
  readonly key: string;
  readonly comments: string[];
  open: boolean;
}

/** Tickets and their store in memory. Every call asks `fails` first, before and after its effect. */
function aDesk(fails: () => boolean = () => false) {
  const all: Ticket[] = [];
  const states = new Map<string, TicketState>();
  const warnings: string[] = [];
  const tried = async <T>(effect: () => T): Promise<T> => {
    if (fails()) throw new Error('lost before');
    const result = effect();
    if (fails()) throw new Error('lost after');
    return result;
  };
  const of = (key: string): Ticket => {
    const ticket = all.find((one) => one.key === key);
    if (ticket === undefined) throw new Error(`no ticket ${key}`);
    return ticket;
  };
  const tickets: Tickets = {
    find: (label) => tried(() => all.find((ticket) => ticket.label === label)?.key),
    create: (ticket) =>
      tried(() => {
        const key = `SEC-${all.length + 1}`;
        all.push({ ...ticket, key, comments: [], open: true });
        return key;
      }),
    update: (key, change) => tried(() => void Object.assign(of(key), change)),
    comment: (key, text) => tried(() => void of(key).comments.push(text)),
    close: (key) => tried(() => void Object.assign(of(key), { open: false })),
    reopen: (key) => tried(() => void Object.assign(of(key), { open: true })),
  };
  const store: TicketStore = {
    load: (episode) => tried(() => states.get(episode)),
    save: (episode, state) => tried(() => void states.set(episode, state)),
  };
  const log = { warn: (line: string) => void warnings.push(line) };
  const following: Following = { ...trusted, minSeverity: 'MEDIUM', tickets, store, log };
  return { following, all, states, warnings };
}

const answered = (verdict: Verdict): Changes => ({
  data: { verdict: { verdict, by: 'ana', at: '2026-11-23T10:15:30Z', reason: 'a test' } },
});
const life = async (): Promise<AnomalyEvent[]> => [
  await signedAlert(),
  await signedAlert({
    revision: 2,
    detailType: 'Anomaly Updated',
    data: { severity: 'CRITICAL', title: 'More of it' },
  }),
  await signedAlert({ revision: 3, detailType: 'Anomaly Closed', data: { severity: 'LOW', title: 'Over' } }),
];

describe('followAlert', () => {
  it('makes a ticket, brings it up to date, and closes it', async () => {
    const { following, all } = aDesk();
    const [detected, updated, closed] = await life();

    await followAlert(detected, following);
    expect(all).toMatchObject([{ key: 'SEC-1', label: 'portcullis-6f4b1c9e5a0d7e23', priority: 'High', open: true }]);
    await followAlert(updated, following);
    expect(all).toMatchObject([{ title: 'More of it', priority: 'Highest', open: true }]);
    await followAlert(closed, following);

    expect(all).toMatchObject([{ title: 'Over', open: false }]);
    expect(all[0]?.comments.map((text) => text.split(',')[0])).toEqual(['Anomaly Updated', 'Anomaly Closed']);
  });

  it('leaves alone what is not to be trusted, and says why', async () => {
    for (const { event, reason } of await untrustworthy()) {
      const { following, all, warnings } = aDesk();

      await followAlert(event, following);

      expect(all, reason).toEqual([]);
      expect(JSON.parse(warnings[0] ?? '{}').refused).toBe(reason);
    }
  });

  it('passes over repetitions and what was overtaken', async () => {
    const { following, all, warnings } = aDesk();
    const [detected, updated] = await life();

    for (const event of [updated, updated, detected]) await followAlert(event, following);

    expect(all).toMatchObject([{ title: 'More of it', comments: [] }]);
    expect(warnings.map((line) => JSON.parse(line).refused)).toEqual(['already-seen', 'superseded']);
  });

  it('ends the same in any order, with crashes at any call, and with every event tried until it is done', async () => {
    const events = await life();
    const closed = events.at(-1);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...events, ...events], { minLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        async (order, dice) => {
          let crashes = 0;
          const { following, all, states } = aDesk(() => crashes < 20 && dice.next().value === 0 && ++crashes > 0);
          for (const event of order) await untilDone(() => followAlert(event, following));

          // The last revision is the end; where it comes first, no ticket is needed, and none comes after it
          expect(all.map(({ title, open }) => ({ title, open }))).toEqual(
            order[0] === closed ? [] : [{ title: 'Over', open: false }],
          );
          expect([...states.values()]).toEqual([{ ...(order[0] === closed ? {} : { key: 'SEC-1' }), revision: 3 }]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<{ verdict: Verdict; open: boolean }>([
    { verdict: 'confirmed', open: true },
    { verdict: 'dismissed', open: false },
    { verdict: 'expected', open: false },
  ])('$verdict: open is $open', async ({ verdict, open }) => {
    const { following, all } = aDesk();

    await followAlert(await signedAlert(), following);
    await followAlert(
      await signedAlert({ revision: 2, detailType: 'Anomaly Updated', ...answered(verdict) }),
      following,
    );

    expect(all[0]?.open).toBe(open);
    expect(all[0]?.comments[0]).toContain(`Answered: ${verdict} by ana: a test`);
  });

  it('opens it again when the answer is taken back', async () => {
    const { following, all } = aDesk();
    const [detected] = await life();
    await followAlert(detected, following);

    await followAlert(
      await signedAlert({ revision: 2, detailType: 'Anomaly Closed', ...answered('dismissed') }),
      following,
    );
    await followAlert(
      await signedAlert({ revision: 3, detailType: 'Anomaly Updated', ...answered('reopened') }),
      following,
    );

    expect(all[0]?.open).toBe(true);
  });

  it('makes none below the severity asked for, until it gets there', async () => {
    const { following, all } = aDesk();

    await followAlert(await signedAlert({ data: { severity: 'LOW' } }), following);
    expect(all).toEqual([]);
    await followAlert(await signedAlert({ revision: 2, data: { severity: 'MEDIUM' } }), following);
    expect(all).toMatchObject([{ priority: 'Medium' }]);
  });
});

async function untilDone(work: () => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      return await work();
    } catch {
      // Lambda tries again
    }
  }
  throw new Error('never done');
}

describe('ticketText', () => {
  it('keeps text from logs in its line, and within what fits', async () => {
    const { title, text } = ticketText(
      await signedAlert({
        data: { title: `a\nb${'x'.repeat(400)}`, actor: { id: 'i', kind: 'role', name: 'c\r\nWhere: nowhere' } },
      }),
    );

    expect(title).toMatch(/^a bx+…$/);
    expect(title).toHaveLength(255);
    expect(text).toContain('Who: c Where: nowhere (role)\nWhere: account 123456789012');
  });
});

describe('jiraTickets', () => {
  function aJira(answer: (method: string, path: string) => unknown = () => ({})) {
    const calls: { method: string; url: URL; body: unknown; authorization: string | null }[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const url = new URL(String(input));
      const { method = '' } = init ?? {};
      const body: unknown = init?.body === undefined ? undefined : JSON.parse(String(init.body));
      calls.push({ method, url, body, authorization: new Headers(init?.headers).get('authorization') });
      const result = answer(method, url.pathname);
      return result instanceof Response ? result : Response.json(result);
    };
    const tickets = jiraTickets({
      site: 'https://example.atlassian.net',
      project: 'SEC',
      issueType: 'Task',
      closeStep: 'Done',
      reopenStep: 'To Do',
      credentials: async () => 'bot@example.com:token',
      fetch,
    });
    return { tickets, calls };
  }

  it('makes a ticket whose text cannot be markup', async () => {
    const { tickets, calls } = aJira(() => ({ key: 'SEC-7' }));

    const key = await tickets.create({
      label: 'portcullis-a',
      title: 't',
      text: 'x {noformat} [~admin]',
      priority: 'High',
    });

    expect(key).toBe('SEC-7');
    expect(calls[0]).toMatchObject({
      method: 'POST',
      authorization: `Basic ${Buffer.from('bot@example.com:token').toString('base64')}`,
      body: {
        fields: {
          project: { key: 'SEC' },
          labels: ['portcullis', 'portcullis-a'],
          priority: { name: 'High' },
          description: '{noformat}\nx { noformat} [~admin]\n{noformat}',
        },
      },
    });
  });

  it('finds a ticket by its label, which cannot end the search term', async () => {
    const { tickets, calls } = aJira(() => ({ issues: [{ key: 'SEC-7' }] }));

    expect(await tickets.find('a" OR project = "HR')).toBe('SEC-7');
    expect(calls[0]?.url.searchParams.get('jql')).toBe(
      'project = "SEC" AND labels = "a\\" OR project = \\"HR" ORDER BY created ASC',
    );
  });

  it('takes the step that closes where the workflow offers it', async () => {
    const offering = (name: string) => (method: string) =>
      method === 'GET' ? { transitions: [{ id: '31', name }] } : new Response(undefined, { status: 204 });
    const open = aJira(offering('Done'));
    const closed = aJira(offering('To Do'));

    await open.tickets.close('SEC-7');
    await closed.tickets.close('SEC-7');

    expect(open.calls.map(({ method, body }) => [method, body])).toEqual([
      ['GET', undefined],
      ['POST', { transition: { id: '31' } }],
    ]);
    expect(closed.calls).toHaveLength(1);
  });

  it('updates and comments', async () => {
    const { tickets, calls } = aJira(() => new Response(undefined, { status: 204 }));

    await tickets.update('SEC-7', { title: 'new', priority: 'Low' });
    await tickets.comment('SEC-7', 'hello');
    await tickets.reopen('SEC-7').catch(() => undefined);

    expect(calls.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'PUT /rest/api/2/issue/SEC-7',
      'POST /rest/api/2/issue/SEC-7/comment',
      'GET /rest/api/2/issue/SEC-7/transitions',
    ]);
  });

  it('says what was refused, not what was sent', async () => {
    const { tickets } = aJira(() => new Response('secret text', { status: 400 }));

    await expect(tickets.find('a')).rejects.toThrow(/^Jira answered 400 to GET search\/jql$/);
  });
});

describe('dynamoStore', () => {
  it('reads what it wrote, strongly consistent, and lets it go after 400 days', async () => {
    const sent: unknown[] = [];
    let item: unknown;
    const send = async (command: unknown) => {
      sent.push(command);
      if (command instanceof PutItemCommand) item = command.input.Item;
      return { Item: item };
    };
    const store = dynamoStore({ send: send as DynamoDBClient['send'] }, 'tickets', () => 0);

    expect(await store.load('e')).toBeUndefined();
    await store.save('e', { key: 'SEC-7', revision: 2 });

    expect(await store.load('e')).toEqual({ key: 'SEC-7', revision: 2 });
    await store.save('e', { revision: 3 });
    expect(await store.load('e')).toEqual({ revision: 3 });
    expect(item).toMatchObject({ expiresAt: { N: String(400 * 24 * 60 * 60) } });
    expect(sent.find((command) => command instanceof GetItemCommand)).toMatchObject({
      input: { TableName: 'tickets', ConsistentRead: true },
    });
  });
});
