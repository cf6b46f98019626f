import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, overlap, ruling } from './evaluate.ts';
import { policyDocument, statementsOf, trustOf } from './statement.ts';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

function read(...statements: readonly object[]) {
  return statementsOf({ Statement: statements }) ?? [];
}

const allow = (fields: object) => ({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE, ...fields });

describe('ruling', () => {
  it.each([
    { statements: [allow({})], is: 'allowed', why: 'named' },
    { statements: [allow({ Action: 'DynamoDB:get*' })], is: 'allowed', why: 'actions have no capitals' },
    { statements: [allow({ Resource: TABLE.toUpperCase() })], is: 'not-allowed', why: 'resources have' },
    { statements: [allow({ Action: 'dynamodb:PutItem' })], is: 'not-allowed', why: 'another action' },
    { statements: [allow({ Action: undefined, NotAction: 'iam:*' })], is: 'allowed', why: 'all but' },
    { statements: [allow({ Action: undefined, NotAction: 'dynamodb:*' })], is: 'not-allowed', why: 'excepted' },
    { statements: [allow({ Resource: undefined, NotResource: `${TABLE}2` })], is: 'allowed', why: 'all things but' },
    { statements: [allow({ Resource: undefined, NotResource: '*' })], is: 'not-allowed', why: 'no thing at all' },
    {
      statements: [allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      is: 'undecided',
      why: 'depends',
    },
    {
      statements: [allow({ Resource: `arn:aws:dynamodb:*:*:table/\${aws:username}` })],
      is: 'undecided',
      why: 'variable',
    },
    { statements: [allow({}), allow({ Effect: 'Deny' })], is: 'denied', why: 'a denial goes before' },
    {
      statements: [allow({}), allow({ Effect: 'Deny', Condition: { Null: { a: 'true' } } })],
      is: 'undecided',
      why: 'maybe denied',
    },
    { statements: [], is: 'not-allowed', why: 'nothing said' },
  ])('$is ($why)', ({ statements, is }) => {
    expect(ruling(read(...statements), { action: 'dynamodb:GetItem', resources: [TABLE] })).toBe(is);
  });

  it('of a thing that is not told only a star on its own decides', () => {
    const call = { action: 'dynamodb:GetItem', resources: undefined };

    expect(ruling(read(allow({ Resource: '*' })), call)).toBe('allowed');
    expect(ruling(read(allow({ Resource: 'arn:*' })), call)).toBe('undecided');
  });

  it('needs every thing that was touched', () => {
    const call = { action: 'dynamodb:GetItem', resources: [TABLE, `${TABLE}2`] };

    expect(ruling(read(allow({})), call)).toBe('not-allowed');
  });
});

describe('covers', () => {
  it.each([
    { pattern: 'arn:aws:s3:::logs/*', thing: 'arn:aws:s3:::logs/*', is: 'yes', why: 'the same' },
    { pattern: 'arn:aws:s3:::*', thing: 'arn:aws:s3:::logs/*', is: 'yes', why: 'a star covers a star' },
    { pattern: 'arn:aws:s3:::logs/a*', thing: 'arn:aws:s3:::logs/*', is: 'maybe', why: 'some of them' },
    { pattern: 'arn:aws:s3:::log?/*', thing: 'arn:aws:s3:::logs/*', is: 'yes', why: 'one for one' },
    { pattern: 'arn:aws:s3:::logs/?', thing: 'arn:aws:s3:::logs/*', is: 'maybe', why: 'one character for many' },
    { pattern: 'arn:aws:s3:::data/*', thing: 'arn:aws:s3:::logs/*', is: 'no', why: 'another' },
    { pattern: 'a:secret:x-??????', thing: 'a:secret:x-??????', is: 'yes', why: 'question marks cover their like' },
  ])('$pattern of $thing: $is ($why)', ({ pattern, thing, is }) => {
    expect(covers(pattern, thing)).toBe(is);
  });

  it('is never surer than the texts that a pattern stands for', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    const filling = fc.array(fc.constantFrom('', 'a', 'ab', 'ba'), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(glob, glob, filling, (pattern, thing, texts) => {
        let at = 0;
        const example = thing.replace(/[*?]/g, (sign) =>
          sign === '?' ? (texts[at++]?.[0] ?? 'b') : (texts[at++] ?? ''),
        );
        const isCovered = covers(pattern, example) === 'yes';
        if (covers(pattern, thing) === 'yes') expect(isCovered).toBe(true);
        if (covers(pattern, thing) === 'no') expect(isCovered).toBe(false);
        expect(overlap(pattern, thing)).toBe(overlap(thing, pattern));
      }),
    );
  });
});

describe('statementsOf', () => {
  const document = { Statement: allow({ Sid: 'A' }) };
  it.each([
    { form: document, why: 'an object' },
    { form: JSON.stringify(document), why: 'a text' },
    { form: encodeURIComponent(JSON.stringify(document)), why: 'as the API gives it' },
  ])('reads $why', ({ form }) => {
    expect(statementsOf(form)).toMatchObject([{ sid: 'A', effect: 'Allow', resources: [TABLE] }]);
  });

  it.each([
    { form: 'not JSON', why: 'no JSON' },
    { form: { Statement: [] }, why: 'no statement' },
    { form: { Statement: [allow({ Action: undefined })] }, why: 'no action' },
    { form: { Statement: [allow({ NotAction: 'iam:*' })] }, why: 'both lists' },
    { form: { Statement: [allow({ Resource: undefined })] }, why: 'no resource' },
    { form: undefined, why: 'nothing' },
  ])('does not read $why', ({ form }) => {
    expect(statementsOf(form)).toBeUndefined();
  });

  it('writes what it read', () => {
    const written = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: '*' }] };

    expect(policyDocument(statementsOf(written) ?? [])).toEqual(written);
  });

  it('reads whom a role trusts', () => {
    const trust = trustOf({
      Statement: [
        { Effect: 'Allow', Principal: { AWS: ['arn:a', 'arn:b'], Service: 'lambda.amazonaws.com' } },
        { Effect: 'Allow', NotPrincipal: { AWS: 'arn:c' } },
      ],
    });

    expect(trust?.flatMap(({ principals }) => principals.map(({ name }) => name))).toEqual([
      'arn:a',
      'arn:b',
      'lambda.amazonaws.com',
      '*',
    ]);
  });
});
