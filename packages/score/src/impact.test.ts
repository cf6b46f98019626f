import { describe, expect, it } from 'vitest';
import { anAction } from '../../../test/builders.ts';
import { impactOf } from './impact.ts';

describe('impactOf', () => {
  it.each([
    { action: anAction('s3:ListAllMyBuckets', { accessLevel: 'List' }), impact: 0.6, why: 'a look around' },
    { action: anAction('secretsmanager:GetSecretValue'), impact: 1, why: 'reads what the application keeps' },
    { action: anAction('kms:Decrypt', { accessLevel: 'Write' }), impact: 1, why: 'IAM calls it a write; it reads' },
    { action: anAction('sqs:SendMessage', { accessLevel: 'Write' }), impact: 0.9, why: 'an ordinary write' },
    { action: anAction('rds:DeleteDBInstance', { accessLevel: 'Write' }), impact: 1.3, why: 'destroys' },
    { action: anAction('lambda:UpdateFunctionCode', { accessLevel: 'Write' }), impact: 1.5, why: 'runs code' },
    { action: anAction('iam:CreateAccessKey', { accessLevel: 'Write' }), impact: 1.8, why: 'a credential' },
    {
      action: anAction('iam:PutRolePolicy', { accessLevel: 'Permissions management' }),
      impact: 1.8,
      why: 'a permission',
    },
    { action: anAction('s3:PutObjectTagging', { accessLevel: 'Tagging' }), impact: 0.6, why: 'a label' },
  ])('$action.name is $impact ($why)', ({ action, impact }) => {
    expect(impactOf(action)).toBe(impact);
  });

  it.each([
    { name: 'newservice:DescribeThings', effect: 'views', impact: 0.6 },
    { name: 'newservice:RebootThing', effect: 'changes', impact: 0.9 },
  ] as const)('judges $name, which IAM does not know, by its verb', ({ name, effect, impact }) => {
    const { accessLevel: _, ...unmapped } = anAction(name, { mapping: 'unmapped', effect });

    expect(impactOf(unmapped)).toBe(impact);
  });
});
