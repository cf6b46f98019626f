import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { accountAuthorization } from './authorization-details.ts';
import { clientSettings } from './clients.ts';

const page = (name: string, marker?: string) =>
  `<GetAccountAuthorizationDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountAuthorizationDetailsResult>
  <IsTruncated>${marker !== undefined}</IsTruncated>${marker === undefined ? '' : `<Marker>${marker}</Marker>`}
  <UserDetailList/><GroupDetailList/><Policies/>
  <RoleDetailList><member><Arn>arn:aws:iam::111122223333:role/${name}</Arn><RoleName>${name}</RoleName><CreateDate>2025-01-02T00:00:00Z</CreateDate></member></RoleDetailList>
  </GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;

const refusal = (code: string) =>
  `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;

type Said = readonly [status: number, body: string];

/** Answers requests in turn, as IAM would on the wire. */
function iam(answers: readonly Said[]) {
  const asked: string[] = [];
  const waits: number[] = [];
  const settings = clientSettings({ region: 'eu-west-1', endpoint: 'http://iam.test' });
  settings.maxAttempts = 1;
  settings.requestHandler.handle = async (request) => {
    const [statusCode, body] = answers[asked.push(String(request.body)) - 1] ?? [500, refusal('ServiceFailure')];
    return { response: { statusCode, reason: '', headers: {}, body: Readable.from([Buffer.from(body)]) } };
  };
  const credentials = { accessKeyId: 'made', secretAccessKey: 'up' };
  const source = accountAuthorization(
    { region: 'eu-west-1', settings: { ...settings, ...{ credentials } } },
    async (ms) => waits.push(ms),
  );
  return { source, asked, waits };
}

async function namesOf({ pages }: ReturnType<typeof accountAuthorization>): Promise<readonly unknown[]> {
  return (await Array.fromAsync(pages())).map((one) => Reflect.get(one, 'RoleDetailList')[0]);
}

describe('accountAuthorization', () => {
  it('gives every page, with times as the command line prints them', async () => {
    const { source, asked } = iam([
      [200, page('a', 'next')],
      [200, page('b')],
    ]);

    expect(await namesOf(source)).toMatchObject([
      { RoleName: 'a', CreateDate: '2025-01-02T00:00:00.000Z' },
      { RoleName: 'b' },
    ]);
    expect(asked.map((body) => new URLSearchParams(body).get('Marker'))).toEqual([null, 'next']);
    expect(new URLSearchParams(asked[0]).get('MaxItems')).toBe('200');
  });

  it('asks again for the page that was throttled, and for no other', async () => {
    const { source, asked, waits } = iam([
      [400, refusal('Throttling')],
      [200, page('a', 'next')],
      [400, refusal('Throttling')],
      [400, refusal('Throttling')],
      [200, page('b')],
    ]);

    expect(await namesOf(source)).toMatchObject([{ RoleName: 'a' }, { RoleName: 'b' }]);
    expect(waits).toEqual([1000, 1000, 2000]);
    expect(asked.map((body) => new URLSearchParams(body).get('Marker'))).toEqual([null, null, 'next', 'next', 'next']);
  });

  it('gives up in the end', async () => {
    const { source, waits } = iam(Array<Said>(20).fill([400, refusal('Throttling')]));

    await expect(namesOf(source)).rejects.toThrow('no');
    expect(waits).toHaveLength(7);
  });

  it('tells what was refused, at once', async () => {
    const { source, asked } = iam([[403, refusal('AccessDenied')]]);

    await expect(namesOf(source)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(asked).toHaveLength(1);
  });
});
