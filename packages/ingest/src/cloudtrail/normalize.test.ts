import type { ActivityEvent, Network } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNormalizer } from './normalize.ts';
import { isNotAnEvent, type NotAnEvent } from './not-an-event.ts';

const ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;

/** Stands in for the real look-up: says nothing but what it was asked. */
function network(address: string): Network {
  return { kind: 'unknown', address, prefix: address };
}

/** A record as CloudTrail writes it, with only what matters changed. */
function aRecord(fields: object = {}): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'alice',
    },
    eventTime: '2026-11-23T10:15:00Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.24.5',
    requestParameters: { encryptionContext: {} },
    responseElements: null,
    requestID: 'r',
    eventID: 'e-1',
    readOnly: true,
    resources: [{ ARN: KEY, accountId: ACCOUNT, type: 'AWS::KMS::Key' }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...fields,
  };
}

function normalized(fields: object = {}): ActivityEvent | NotAnEvent {
  return createNormalizer({ network })(aRecord(fields));
}

function eventOf(fields: object = {}): ActivityEvent {
  const result = normalized(fields);
  if (isNotAnEvent(result)) throw new Error(`expected an event, got ${JSON.stringify(result)}`);
  return result;
}

describe('createNormalizer', () => {
  it('reads an ordinary record', () => {
    expect(eventOf()).toMatchObject({
      id: 'e-1',
      source: 'cloudtrail',
      account: ACCOUNT,
      region: 'eu-west-1',
      time: Date.UTC(2026, 10, 23, 10, 15),
      actor: { id: `${ACCOUNT}/user/AIDAEXAMPLE` },
      action: { name: 'kms:Decrypt' },
      outcome: 'success',
      network: { address: '203.0.113.7' },
      agent: { text: 'aws-cli/2.24.5', product: 'aws-cli' },
      accessKeyId: 'AKIAEXAMPLE',
      identityType: 'IAMUser',
      mfa: false,
      console: false,
      resources: [KEY],
      grants: [],
    });
  });

  it.each([
    { fields: { eventTime: undefined }, reason: 'missing-event-time', why: 'no time' },
    { fields: { eventTime: '' }, reason: 'missing-event-time', why: 'empty time' },
    { fields: { eventTime: 'eventTime' }, reason: 'invalid-event-time', why: 'placeholder' },
    { fields: { eventTime: '1999-01-01T00:00:00Z' }, reason: 'invalid-event-time', why: 'before AWS' },
    { fields: { eventTime: {} }, reason: 'invalid-event-time', why: 'no text at all' },
    { fields: { eventName: undefined }, reason: 'missing-event-name', why: 'no name' },
    { fields: { eventName: 7 }, reason: 'missing-event-name', why: 'a number is no name' },
    { fields: { eventSource: '' }, reason: 'missing-event-source', why: 'empty source' },
  ])('rejects as $reason ($why)', ({ fields, reason }) => {
    expect(normalized(fields)).toMatchObject({ kind: 'rejected', reason });
  });

  it.each([
    { fields: { eventType: 'AwsCloudTrailInsight', eventName: undefined, eventSource: undefined }, why: 'by type' },
    { fields: { eventCategory: 'Insight', eventType: undefined, eventName: undefined }, why: 'by category' },
  ])('skips an Insight record, which has no event name ($why)', ({ fields }) => {
    expect(normalized(fields)).toEqual({ kind: 'skipped', reason: 'cloudtrail-insight' });
  });

  it('does not quote an endless time in its message', () => {
    const result = normalized({ eventTime: 'x'.repeat(1_000_000) });

    expect(isNotAnEvent(result) && result.kind === 'rejected' && result.message.length).toBeLessThan(200);
  });

  it.each([
    { fields: { eventTime: undefined, '@timestamp': '2026-11-23T10:15:00.000Z' }, why: 'Logstash' },
    { fields: { eventTime: null, '@timestamp': '2026-11-23T10:15:00Z' }, why: 'null beside it' },
    { fields: { eventTime: 1_795_428_900 }, why: 'epoch seconds' },
  ])('finds the time elsewhere or in other forms ($why)', ({ fields }) => {
    expect(eventOf(fields).time).toBe(Date.UTC(2026, 10, 23, 10, 15));
  });

  it.each([
    { fields: { recipientAccountId: '444455556666' }, account: '444455556666', why: 'the receiving account' },
    {
      fields: { recipientAccountId: undefined, recipientAccountID: '444455556666' },
      account: '444455556666',
      why: 'old capitals',
    },
    { fields: { recipientAccountId: 44455556666 }, account: '044455556666', why: 'a number lost its zero' },
    { fields: { recipientAccountId: undefined }, account: ACCOUNT, why: "the caller's account" },
    { fields: { recipientAccountId: 'recipientAccountId' }, account: ACCOUNT, why: 'placeholder' },
    { fields: { recipientAccountId: undefined, userIdentity: {} }, account: 'unknown', why: 'none at all' },
  ])('belongs to account $account ($why)', ({ fields, account }) => {
    expect(eventOf(fields).account).toBe(account);
  });

  it.each([
    { fields: { errorCode: 'Client.UnauthorizedOperation' }, outcome: 'denied', why: 'refused' },
    { fields: { errorCode: 'ThrottlingException' }, outcome: 'error', why: 'failed' },
    { fields: { errorCode: null }, outcome: 'success', why: 'null' },
    { fields: { errorCode: '' }, outcome: 'success', why: 'empty' },
    { fields: { errorMessage: 'No such thing' }, outcome: 'error', why: 'message without code' },
    {
      fields: { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'x' },
      outcome: 'denied',
      why: 'failed sign-in has no code',
    },
    {
      fields: { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
      outcome: 'success',
      why: 'sign-in',
    },
  ])('ends in $outcome ($why)', ({ fields, outcome }) => {
    expect(eventOf(fields).outcome).toBe(outcome);
  });

  const withMfa = (mfaAuthenticated: unknown) => ({
    userIdentity: { type: 'Root', accountId: ACCOUNT, sessionContext: { attributes: { mfaAuthenticated } } },
  });
  it.each([
    { fields: withMfa('true'), mfa: true, why: 'string, as CloudTrail writes it' },
    { fields: withMfa(true), mfa: true, why: 'boolean' },
    { fields: withMfa('false'), mfa: false, why: 'string false is truthy' },
    { fields: { eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'Yes' } }, mfa: true, why: 'sign-in' },
    { fields: { eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'No' } }, mfa: false, why: 'sign-in' },
    { fields: { additionalEventData: { MFAUsed: 'Yes' } }, mfa: false, why: 'only sign-ins say so there' },
  ])('mfa $mfa ($why)', ({ fields, mfa }) => {
    expect(eventOf(fields).mfa).toBe(mfa);
  });

  it.each([
    { fields: { sessionCredentialFromConsole: 'true' }, console: true, why: 'string true' },
    { fields: { sessionCredentialFromConsole: true }, console: true, why: 'boolean true' },
    { fields: { sessionCredentialFromConsole: 'false' }, console: false, why: 'string false' },
    { fields: { eventName: 'ConsoleLogin' }, console: true, why: 'sign-in' },
    { fields: { eventType: 'AwsConsoleAction' }, console: true, why: 'console action' },
    { fields: { userAgent: 'Mozilla/5.0 (X11)' }, console: true, why: 'browser' },
    { fields: { userAgent: '[S3Console/0.4, aws-internal/3]' }, console: true, why: 'back end of the console' },
    { fields: { userAgent: 'console.ec2.amazonaws.com' }, console: true, why: 'console of EC2' },
    { fields: { userAgent: 'aws-cli/2 Mozilla/5.0' }, console: false, why: 'not at the beginning' },
  ])('console $console ($why)', ({ fields, console }) => {
    expect(eventOf(fields).console).toBe(console);
  });

  it.each([
    { fields: {}, resources: [KEY], why: 'listed by CloudTrail' },
    {
      fields: {
        eventSource: 's3.amazonaws.com',
        requestParameters: { bucketName: 'logs', key: 'a/b' },
        resources: [
          { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::logs/a/b' },
          { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::logs' },
        ],
      },
      resources: ['arn:aws:s3:::logs'],
      why: 'object, bucket and parameter are one bucket',
    },
    {
      fields: { eventSource: 's3.amazonaws.com', requestParameters: { bucketName: 'logs' }, resources: undefined },
      resources: ['logs'],
      why: 'parameter alone',
    },
    {
      fields: {
        eventSource: 's3.amazonaws.com',
        requestParameters: { bucketName: 'logs' },
        resources: [{ ARN: 'arn:aws:s3:::my-logs' }],
      },
      resources: ['arn:aws:s3:::my-logs', 'logs'],
      why: 'the same ending is not the same name',
    },
    {
      fields: {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { policyArn: 'arn:p', roleName: 'ops' },
        resources: null,
      },
      resources: ['ops', 'arn:p'],
      why: 'the entity first, then the policy',
    },
    {
      fields: {
        eventSource: 'ec2.amazonaws.com',
        requestParameters: { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
        resources: [],
      },
      resources: ['i-1', 'i-2'],
      why: 'nested lists',
    },
    {
      fields: { eventSource: 'ssm.amazonaws.com', requestParameters: '{"names":["a","b"]}', resources: null },
      resources: ['a', 'b'],
      why: 'JSON inside a string',
    },
    {
      fields: { eventSource: 'ssm.amazonaws.com', requestParameters: '{"names":["a"', resources: null },
      resources: [],
      why: 'cut off',
    },
    {
      fields: {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        resources: null,
      },
      resources: [],
      why: 'hidden',
    },
    { fields: { requestParameters: null, resources: null }, resources: [], why: 'nothing' },
  ])('touches $resources ($why)', ({ fields, resources }) => {
    expect(eventOf(fields).resources).toEqual(resources);
  });

  it('keeps at most 16 resources', () => {
    const resources = Array.from({ length: 40 }, (_, index) => ({ ARN: `arn:aws:x:::${index}` }));

    expect(eventOf({ resources }).resources).toHaveLength(16);
  });

  const assumedRole = {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: 'arn:r', roleSessionName: 's' },
    responseElements: { credentials: { accessKeyId: 'ASIANEW', sessionToken: 'SECRET' } },
  };
  it.each([
    { fields: assumedRole, minted: { accessKeyId: 'ASIANEW', principalArn: 'arn:r' }, why: 'role session' },
    {
      fields: { ...assumedRole, responseElements: JSON.stringify(assumedRole.responseElements) },
      minted: { accessKeyId: 'ASIANEW', principalArn: 'arn:r' },
      why: 'JSON inside a string',
    },
    {
      fields: {
        eventSource: 'sts.amazonaws.com',
        eventName: 'GetFederationToken',
        responseElements: { credentials: { accessKeyId: 'ASIANEW' }, federatedUser: { arn: 'arn:f' } },
      },
      minted: { accessKeyId: 'ASIANEW', principalArn: 'arn:f' },
      why: 'federation token',
    },
    {
      fields: {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateAccessKey',
        responseElements: { accessKey: { accessKeyId: 'AKIANEW', userName: 'bob', status: 'Active' } },
      },
      minted: { accessKeyId: 'AKIANEW' },
      why: 'access key',
    },
    { fields: { ...assumedRole, responseElements: null }, minted: undefined, why: 'answer not logged' },
    { fields: { ...assumedRole, errorCode: 'AccessDenied' }, minted: undefined, why: 'refused' },
    { fields: { responseElements: assumedRole.responseElements }, minted: undefined, why: 'a call that mints nothing' },
  ])('mints $minted ($why)', ({ fields, minted }) => {
    const event = eventOf(fields);

    expect(event.minted).toEqual(minted);
    expect(JSON.stringify(event)).not.toContain('SECRET');
  });

  const openFunction = {
    eventSource: 'lambda.amazonaws.com',
    eventName: 'AddPermission20150331v2',
    requestParameters: { functionName: 'f', principal: '*' },
  };
  it.each([
    { fields: openFunction, grants: 1, why: 'done' },
    { fields: { ...openFunction, errorCode: 'AccessDenied' }, grants: 0, why: 'refused' },
    { fields: { ...openFunction, errorCode: 'ResourceConflictException' }, grants: 0, why: 'failed' },
    { fields: { ...openFunction, eventSource: 'other.amazonaws.com' }, grants: 0, why: 'same name, other service' },
    {
      fields: { ...openFunction, requestParameters: JSON.stringify(openFunction.requestParameters) },
      grants: 1,
      why: 'JSON inside a string',
    },
  ])('grants $grants ($why)', ({ fields, grants }) => {
    expect(eventOf(fields).grants).toHaveLength(grants);
  });

  it('gives a record without an id one that depends on its content alone, in any order of keys', () => {
    const { eventID: _, ...record } = aRecord() as { eventID: string };
    const normalize = createNormalizer({ network });
    const ids = [
      record,
      Object.fromEntries(Object.entries(record).reverse()),
      { ...record, awsRegion: 'eu-west-2' },
    ].map((one) => {
      const result = normalize(one);
      return isNotAnEvent(result) ? '' : result.id;
    });

    expect(ids[0]).toMatch(/^hash:[0-9a-f]{16}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('bounds all it keeps', () => {
    const long = 'x'.repeat(100_000);
    const event = eventOf({
      eventID: long,
      awsRegion: long,
      userAgent: long,
      sourceIPAddress: long,
      errorCode: long,
      eventName: long,
      eventSource: long,
      resources: [{ ARN: long }],
      userIdentity: { type: long, userName: long, arn: long, accessKeyId: long, invokedBy: long },
    });

    expect(JSON.stringify(event).length).toBeLessThan(16_000);
    expect(event.agent.text).toHaveLength(512);
  });

  it('shares actors, actions and the empty lists among records', () => {
    const normalize = createNormalizer({ network });
    const [one, two] = [normalize(aRecord()), normalize(aRecord({ eventID: 'e-2', resources: null }))];

    expect(one).toMatchObject({ id: 'e-1' });
    expect(two).toMatchObject({ id: 'e-2' });
    if (isNotAnEvent(one) || isNotAnEvent(two)) throw new Error('expected events');
    expect(two.actor).toBe(one.actor);
    expect(two.action).toBe(one.action);
    expect(two.grants).toBe(one.grants);
  });

  it('takes any JSON object, in any field, without throwing', () => {
    const fields = Object.keys(aRecord());
    const anything = fc.dictionary(
      fc.constantFrom(...fields, '@timestamp', '__proto__', 'constructor'),
      fc.jsonValue(),
    );
    const normalize = createNormalizer({ network });
    fc.assert(
      fc.property(anything, fc.boolean(), (changes, whole) => {
        const record = whole ? aRecord(changes) : changes;
        const result = normalize(JSON.parse(JSON.stringify(record)));

        expect(isNotAnEvent(result) || result.source === 'cloudtrail').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not touched by prototype keys', () => {
    const record = JSON.parse(
      `{"__proto__": {"eventTime": "2026-11-23T10:15:00Z", "eventName": "x", "eventSource": "y"}}`,
    );

    expect(createNormalizer({ network })(record)).toMatchObject({ reason: 'missing-event-time' });
    expect(({} as { eventTime?: string }).eventTime).toBeUndefined();
  });
});
