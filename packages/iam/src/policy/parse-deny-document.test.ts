import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSTANCE_VPC } from './conditions.ts';
import { documentText } from './deny-document.ts';
import { MAX_MANAGED_POLICY, parseDenyDocument } from './parse-deny-document.ts';

const statement = { Sid: 'Cut', Effect: 'Deny', Action: ['iam:Create*'], Resource: ['*'] };
const documentOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const withCondition = (Condition: unknown) => documentOf({ ...statement, Condition });

describe('parseDenyDocument', () => {
  it.each([
    { value: documentOf(statement), why: 'actions of one service' },
    { value: documentOf({ ...statement, Action: ['*'] }), why: 'everything' },
    { value: documentOf({ ...statement, Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] }), why: 'resources' },
    { value: withCondition({ DateLessThan: { 'aws:TokenIssueTime': ['2026-11-23T10:15:00Z'] } }), why: 'sessions' },
    { value: withCondition({ StringEquals: { 'aws:userid': ['AROAEXAMPLE:alice'] } }), why: 'one session' },
    { value: withCondition({ StringNotEqualsIfExists: { 'aws:SourceVpc': ['vpc-0a1b'] } }), why: 'where from' },
    {
      value: withCondition({ StringNotEqualsIfExists: { 'aws:SourceVpc': [INSTANCE_VPC] } }),
      why: 'the one variable',
    },
    { value: withCondition({ IpAddress: { 'aws:SourceIp': ['203.0.113.9/32', '2001:db8::/64'] } }), why: 'addresses' },
    {
      value: documentOf({
        Sid: 'Cut',
        Effect: 'Deny',
        NotAction: ['logs:*'],
        Resource: ['*'],
        Condition: { BoolIfExists: { 'aws:ViaAWSService': ['false'] } },
      }),
      why: 'all but some, under a condition',
    },
  ])('accepts $why', ({ value }) => {
    expect(parseDenyDocument(value)).toMatchObject({ kind: 'accepted' });
    expect(parseDenyDocument(JSON.stringify(value))).toMatchObject({ kind: 'accepted' });
  });

  it.each([
    { value: documentOf({ ...statement, Effect: 'Allow' }), problem: 'does not deny', why: 'the point of it' },
    {
      value: documentOf(statement, { ...statement, Effect: 'Allow' }),
      problem: 'statement 2',
      why: 'hidden among denies',
    },
    { value: documentOf({ ...statement, Effect: 'deny' }), problem: 'does not deny', why: 'IAM minds the case' },
    { value: documentOf({ ...statement, Principal: '*' }), problem: 'Principal', why: 'no policy of a resource' },
    { value: documentOf({ ...statement, NotResource: ['*'] }), problem: 'NotResource', why: 'outside the grammar' },
    { value: documentOf({ ...statement, NotAction: ['s3:*'] }), problem: 'either', why: 'both' },
    {
      value: documentOf({ Sid: 'Cut', Effect: 'Deny', NotAction: ['s3:*'], Resource: ['*'] }),
      problem: 'beside a condition',
      why: 'nearly everything, for everybody',
    },
    { value: documentOf({ ...statement, Action: 'iam:*' }), problem: 'names no actions', why: 'a text is no list' },
    { value: documentOf({ ...statement, Action: [] }), problem: 'names no actions', why: 'no action' },
    { value: documentOf({ ...statement, Action: ['iam'] }), problem: 'names no actions', why: 'no service' },
    { value: documentOf({ ...statement, Resource: ['logs'] }), problem: 'names no resources', why: 'a name is no ARN' },
    {
      value: documentOf({ ...statement, Resource: [`arn:aws:s3:::${INSTANCE_VPC}/*`] }),
      problem: 'names no resources',
      why: 'a variable',
    },
    {
      value: documentOf({ ...statement, Resource: ['arn:aws:iam*'] }),
      problem: 'names no resources',
      why: 'a wildcard over colons',
    },
    { value: withCondition({}), problem: 'conditions by operator', why: 'an empty condition' },
    { value: withCondition({ StringLike: { 'aws:userid': ['A*'] } }), problem: 'StringLike', why: 'another operator' },
    {
      value: withCondition({ constructor: { 'aws:userid': ['A'] } }),
      problem: 'constructor',
      why: 'a name of the language',
    },
    {
      value: withCondition({ StringEquals: { 'aws:PrincipalTag/x': ['A'] } }),
      problem: 'PrincipalTag',
      why: 'another key',
    },
    {
      value: withCondition({ StringEquals: { 'aws:userid': ['AROA:*'] } }),
      problem: 'values',
      why: 'no wildcard here',
    },
    { value: withCondition({ StringEquals: { 'aws:userid': [] } }), problem: 'values', why: 'no value' },
    {
      value: withCondition({ DateLessThan: { 'aws:TokenIssueTime': ['soon'] } }),
      problem: 'values',
      why: 'no instant',
    },
    { value: withCondition({ IpAddress: { 'aws:SourceIp': ['203.0.113.9'] } }), problem: 'values', why: 'no range' },
    { value: { ...documentOf(statement), Version: '2008-10-17' }, problem: 'Version', why: 'the old version' },
    { value: { ...documentOf(statement), Id: 'x' }, problem: 'Id', why: 'a further member' },
    { value: documentOf(), problem: 'list of statements', why: 'says nothing' },
    { value: 'no JSON', problem: 'no policy document', why: 'unreadable' },
    { value: null, problem: 'no policy document', why: 'nothing' },
  ])('refuses $problem ($why)', ({ value, problem }) => {
    const parsed = parseDenyDocument(value);

    expect(parsed).toMatchObject({ kind: 'refused' });
    expect(parsed.kind === 'refused' && parsed.problems.join('; ')).toContain(problem);
  });

  it('counts as IAM does: without white space, up to 6,144', () => {
    const empty = documentText({
      Version: '2012-10-17',
      Statement: [{ ...statement, Effect: 'Deny', Action: ['iam:'] }],
    });
    const action = `iam:${'a'.repeat(MAX_MANAGED_POLICY - empty.length)}`;
    const long = documentOf({ ...statement, Action: [action] });
    const parsed = parseDenyDocument(JSON.stringify(long, null, 8));

    expect(parsed).toMatchObject({ kind: 'accepted' });
    expect(parsed.kind === 'accepted' && parsed.text.length).toBe(MAX_MANAGED_POLICY);
    expect(parseDenyDocument(documentOf({ ...long.Statement[0], Sid: 'Cuts' }))).toMatchObject({ kind: 'refused' });
  });

  it('gives equal text for equal documents, in whatever order they are read back', () => {
    const turned = {
      Statement: [{ Resource: ['*'], Action: ['iam:Create*'], Effect: 'Deny', Sid: 'Cut' }],
      Version: '2012-10-17',
    };
    const parsed = [documentOf(statement), turned].map((value) => parseDenyDocument(value));

    expect(parsed.map((one) => one.kind === 'accepted' && one.text)).toEqual(
      Array(2).fill(documentText({ Version: '2012-10-17', Statement: [{ ...statement, Effect: 'Deny' }] })),
    );
  });

  it('refuses whatever is not denied, whatever else there is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (effect, more) => {
        fc.pre(effect !== 'Deny');
        const value = documentOf(statement, { ...statement, Effect: effect }, { ...statement, Sid: more });
        expect(parseDenyDocument(value).kind).toBe('refused');
      }),
    );
  });
});
