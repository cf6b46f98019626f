import { Readable } from 'node:stream';
import { STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { roleCredentials } from './role-credentials.ts';

const RESPONSE = {
  partition: 'aws',
  roles: { look: 'p-look', mint: 'p-mint', attach: 'p-attach', revert: 'p-revert', edit: 'p-edit' },
  externalId: 'ours',
};
const NOON = Date.UTC(2026, 10, 25, 12);
const MINUTE_MS = 60_000;

/** STS that says yes, or no where `refuse` is set, and keeps what it was asked. */
function anSts() {
  const asked: URLSearchParams[] = [];
  const state = { refuse: false };
  const sts = new STSClient({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async ({ body }: { readonly body?: unknown }) => {
        asked.push(new URLSearchParams(String(body)));
        const expires = new Date(NOON + 15 * MINUTE_MS).toISOString();
        const xml = state.refuse
          ? '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
          : `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA${asked.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>` +
            `<SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
        const headers = { 'content-type': 'text/xml' };
        return {
          response: { statusCode: state.refuse ? 403 : 200, headers, body: Readable.from([Buffer.from(xml)]) },
        };
      },
    },
  });
  return { sts, asked, state };
}

it('takes the role up with the external id, a session policy, and the least time', async () => {
  const { sts, asked } = anSts();

  await roleCredentials(sts, RESPONSE, () => NOON)('111122223333', 'attach');

  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::111122223333:role/p-attach',
    ExternalId: 'ours',
    DurationSeconds: '900',
    Policy: expect.stringContaining('"iam:PolicyARN":"arn:aws:iam::111122223333:policy/portcullis/incident/*"'),
  });
});

it('keeps credentials by account and power until shortly before they expire', async () => {
  const { sts, asked } = anSts();
  let now = NOON;
  const credentialsOf = roleCredentials(sts, RESPONSE, () => now);

  const [one, same] = await Promise.all([credentialsOf('111122223333', 'mint'), credentialsOf('111122223333', 'mint')]);
  const other = await credentialsOf('111122223333', 'attach');
  const elsewhere = await credentialsOf('999988887777', 'mint');
  now = NOON + 9 * MINUTE_MS;
  const still = await credentialsOf('111122223333', 'mint');
  now = NOON + 11 * MINUTE_MS;
  const renewed = await credentialsOf('111122223333', 'mint');

  expect([same, still]).toEqual([one, one]);
  expect(new Set([one, other, elsewhere, renewed].map(({ accessKeyId }) => accessKeyId)).size).toBe(4);
  expect(asked).toHaveLength(4);
});

it('does not keep a refusal', async () => {
  const { sts, state } = anSts();
  const credentialsOf = roleCredentials(sts, RESPONSE, () => NOON);
  state.refuse = true;
  await expect(credentialsOf('111122223333', 'mint')).rejects.toMatchObject({ name: 'AccessDenied' });
  state.refuse = false;

  expect(await credentialsOf('111122223333', 'mint')).toMatchObject({ sessionToken: 't' });
});
