import { describe, expect, it } from 'vitest';
import { postJson } from '../../examples/slack/post-json.ts';
import { slackMessage } from '../../examples/slack/slack-message.ts';
import { type Telling, tellAlert } from '../../examples/slack/tell-alert.ts';
import { webhookReader } from '../../examples/slack/webhook-reader.ts';
import { signedAlert, trusted, untrustworthy } from './signed-alert.ts';

const WEBHOOK = 'https://hooks.slack.example/services/T000/SECRET';

/** Answers one after the other; an error is thrown. Keeps what was posted, and how long was waited. */
function aWeb(...answers: (Response | Error)[]) {
  const posted: { url: string; body: unknown; redirect: unknown }[] = [];
  const waits: number[] = [];
  const fetch: Telling['fetch'] = async (input, init) => {
    posted.push({ url: String(input), body: JSON.parse(String(init?.body)), redirect: init?.redirect });
    const answer = answers.shift() ?? new Response('ok');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { posted, waits, fetch, wait: async (ms: number) => void waits.push(ms) };
}

function aTelling(changes: Partial<Telling> = {}) {
  const web = aWeb();
  const warnings: string[] = [];
  const telling: Telling = {
    ...trusted,
    ...web,
    format: 'slack',
    told: new Map(),
    readWebhook: async () => WEBHOOK,
    log: { warn: (line: string) => void warnings.push(line) },
    ...changes,
  };
  return { telling, warnings, ...web };
}

describe('tellAlert', () => {
  it('posts an alert that is ours', async () => {
    const { telling, posted, warnings } = aTelling();

    await tellAlert(await signedAlert(), telling);

    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
      url: WEBHOOK,
      redirect: 'error',
      body: { text: expect.stringMatching(/^HIGH Role/) },
    });
    expect(warnings).toEqual([]);
  });

  it('leaves alone what is not to be trusted, and says why', async () => {
    for (const { event, reason } of await untrustworthy()) {
      const { telling, posted, warnings } = aTelling();

      await tellAlert(event, telling);

      expect(posted, reason).toEqual([]);
      expect(JSON.parse(warnings[0] ?? '{}').refused).toBe(reason);
    }
  });

  it('tells a revision once, and one that was overtaken not at all', async () => {
    const { telling, posted } = aTelling();

    await tellAlert(await signedAlert({ revision: 2, detailType: 'Anomaly Updated' }), telling);
    await tellAlert(await signedAlert({ revision: 2, detailType: 'Anomaly Updated' }), telling);
    await tellAlert(await signedAlert(), telling);

    expect(posted).toHaveLength(1);
  });

  it('tells it again where it could not be delivered', async () => {
    const broken = aWeb(...Array.from({ length: 4 }, () => new Response('', { status: 503 })));
    const { telling } = aTelling(broken);
    const alert = await signedAlert();

    await expect(tellAlert(alert, telling)).rejects.toThrow('did not take it in 4 attempts: status 503');
    await tellAlert(alert, telling);

    expect(broken.posted).toHaveLength(5);
  });

  it('sends OCSF where asked to', async () => {
    const { telling, posted } = aTelling({ format: 'ocsf' });

    await tellAlert(await signedAlert(), telling);

    expect(posted[0]?.body).toMatchObject({ class_uid: 2004 });
  });
});

describe('postJson', () => {
  it.each([
    { answers: [new Response('', { status: 500 })], waits: [500], why: 'a server in trouble' },
    { answers: [new Error('reset'), new Error('reset')], waits: [500, 1000], why: 'a broken connection' },
    {
      answers: [new Response('', { status: 429, headers: { 'retry-after': '3' } })],
      waits: [3000, 500],
      why: 'asked to wait',
    },
    {
      answers: [new Response('', { status: 429, headers: { 'retry-after': '9999' } })],
      waits: [10_000, 500],
      why: 'but not for ever',
    },
  ])('tries again: $why', async ({ answers, waits }) => {
    const web = aWeb(...answers);

    await postJson(WEBHOOK, {}, web);

    expect(web.posted).toHaveLength(answers.length + 1);
    expect(web.waits).toEqual(waits);
  });

  it.each([400, 403, 404, 410])('gives up at once at %i: it will not get better', async (status) => {
    const web = aWeb(new Response('', { status }));

    await expect(postJson(WEBHOOK, {}, web)).rejects.toThrow(`refused it: status ${status}`);
    expect(web.posted).toHaveLength(1);
  });

  it('never names the address, which is a secret', async () => {
    const failing = Array.from({ length: 4 }, () => new TypeError(`fetch failed: ${WEBHOOK}`));

    const error = await postJson(WEBHOOK, {}, aWeb(...failing)).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(Error);
    expect(`${error} ${(error as Error).cause}`).not.toContain('SECRET');
  });
});

describe('webhookReader', () => {
  it('reads the secret again after five minutes', async () => {
    let [now, reads] = [0, 0];
    const read = webhookReader(
      async () => ` https://hooks.example/${++reads}\n`,
      () => now,
    );

    expect([await read(), await read()]).toEqual(['https://hooks.example/1', 'https://hooks.example/1']);
    now = 5 * 60 * 1000;
    expect(await read()).toBe('https://hooks.example/2');
  });

  it.each([undefined, '', 'http://hooks.example/SECRET', '{"url":"SECRET"}'])('refuses %s', async (text) => {
    const read = webhookReader(
      async () => text,
      () => 0,
    );

    await expect(read()).rejects.toThrow(/^(?!.*SECRET).*expected an https address/);
  });
});

describe('slackMessage', () => {
  it('gives text from logs no chance to be more than text', async () => {
    const nasty = '<!channel> <https://evil.example|click> *b* & `c`';
    const [evidence] = (await signedAlert()).detail.data.evidence;
    if (evidence === undefined) throw new Error('an alert has evidence');
    const message = slackMessage(
      await signedAlert({
        data: {
          title: nasty,
          actor: { id: 'a', kind: 'person', name: nasty },
          evidence: [{ ...evidence, observed: nasty, contribution: 15.4 }],
        },
      }),
    );

    expect(message.text).toBe('HIGH &lt;!channel&gt; &lt;https://evil.example|click&gt; *b* &amp; `c`');
    expect(JSON.stringify(message.blocks)).not.toContain('mrkdwn');
    expect(JSON.stringify(message.blocks).match(/"plain_text"/g)).toHaveLength(7);
  });

  it('keeps within what Slack takes', async () => {
    const long = 'x'.repeat(10_000);
    const [evidence] = (await signedAlert()).detail.data.evidence;
    if (evidence === undefined) throw new Error('an alert has evidence');
    const many = Array.from({ length: 30 }, () => ({ ...evidence, reason: long, contribution: 0.5 }));
    const { blocks, text } = slackMessage(
      await signedAlert({
        data: { title: long, actor: { id: long, kind: 'user', name: long }, evidence: many, risk: 15 },
      }),
    );

    expect(text.length).toBeLessThanOrEqual(3000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    const texts = [...JSON.stringify(blocks).matchAll(/"text":"([^"]*)"/g)].map(([, shown = '']) => shown);
    expect(Math.max(...texts.map((shown) => shown.length))).toBeLessThanOrEqual(3000 + 20);
    expect(blocks[0]).toMatchObject({ type: 'header', text: { text: expect.stringMatching(/^.{150}$/) } });
  });
});
