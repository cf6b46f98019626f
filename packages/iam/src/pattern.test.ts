import { expect, it } from 'vitest';
import { actionsLike } from './action-pattern.ts';
import { companionsOf } from './companions.ts';
import { matchesPattern } from './pattern.ts';
import { resourceKindOf } from './resource-table.ts';

it.each([
  { pattern: 's3:Get*', text: 's3:GetObject', matches: true, why: 'a run' },
  { pattern: 'S3:getobject', text: 's3:GetObject', matches: true, why: 'IAM ignores capitals of actions' },
  { pattern: 's3:Get?bject', text: 's3:GetObject', matches: true, why: 'one character' },
  { pattern: 's3:GetObject?', text: 's3:GetObject', matches: false, why: 'one, not none' },
  { pattern: 's3:GetObject*', text: 's3:GetObject', matches: true, why: 'a run may be empty' },
  { pattern: '*ab*ab', text: 'abxab', matches: true, why: 'goes back to the last star' },
  { pattern: 'a', text: 'ab', matches: false, why: 'the whole text' },
  { pattern: `${'*'.repeat(10_000)}a`, text: 'ba', matches: true, why: 'stars in a row are one' },
  { pattern: `${'?'.repeat(10_000)}`, text: 'ba', matches: false, why: 'too long to cover it' },
])('$pattern on $text: $matches ($why)', ({ pattern, text, matches }) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

it('compares resources letter by letter', () => {
  expect(matchesPattern('arn:aws:s3:::Logs', 'arn:aws:s3:::logs', { exact: true })).toBe(false);
});

it('covers all that another pattern stands for', () => {
  expect(matchesPattern('a?c', 'a*c', { wide: true })).toBe(false);
  expect(matchesPattern('a?c', 'a?c', { wide: true })).toBe(true);
  expect(matchesPattern('a*', 'a*c', { wide: true })).toBe(true);
});

it.each([
  { pattern: 'iam:CREATEuser', covered: ['iam:CreateUser'], why: 'as IAM spells it' },
  {
    pattern: 'sqs:*Queue',
    covered: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:PurgeQueue', 'sqs:TagQueue', 'sqs:UntagQueue'],
    why: 'some',
  },
  { pattern: 'iam:Nothing*', covered: [], why: 'not documented' },
  { pattern: 'GetObject', covered: [], why: 'no service' },
])('$pattern covers $covered ($why)', ({ pattern, covered }) => {
  expect([...actionsLike(pattern)].sort()).toEqual(covered);
});

it('covers everything with a star, and all of some services with one in their name', () => {
  expect(actionsLike('*').length).toBeGreaterThan(15_000);
  expect(actionsLike('*:*')).toEqual(actionsLike('*'));
  expect(new Set(actionsLike('s3*:*').map((name) => name.split(':')[0]))).toContain('s3express');
});

it.each([
  { action: 'sqs:SendMessage', kind: 'queue', why: 'one kind of thing' },
  { action: 's3:getobject', kind: 'object', why: 'whatever its capitals' },
  { action: 's3:ListAllMyBuckets', kind: undefined, why: 'nothing in particular' },
  { action: 'iam:CreateUser', kind: 'user', why: 'documented for one kind' },
  { action: 'ec2:RunInstances', kind: undefined, why: 'several kinds' },
])('$action concerns $kind ($why)', ({ action, kind }) => {
  expect(resourceKindOf(action)?.kind).toBe(kind);
});

it('knows what a call may need beside the action it comes out as', () => {
  expect(companionsOf('lambda:CreateFunction')).toEqual(['iam:PassRole']);
  expect(companionsOf('s3:PutObject')).toContain('s3:GetObject');
  expect(companionsOf('sqs:SendMessage')).toEqual([]);
});
