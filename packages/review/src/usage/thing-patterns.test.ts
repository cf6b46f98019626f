import { expect, it } from 'vitest';
import { thingPatterns } from './thing-patterns.ts';

const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;

it.each([
  {
    action: 'dynamodb:Query',
    named: ['orders'],
    things: [arn('dynamodb', 'table/orders'), arn('dynamodb', 'table/orders/index/*')],
    why: 'a table and its indexes',
  },
  {
    action: 'dynamodb:Query',
    named: [arn('dynamodb', 'table/orders'), 'other'],
    things: [arn('dynamodb', 'table/orders'), arn('dynamodb', 'table/orders/index/*')],
    why: 'an ARN is surer than a name',
  },
  {
    action: 's3:GetObject',
    named: ['arn:aws:s3:::logs'],
    things: ['arn:aws:s3:::logs/*'],
    why: 'objects by their bucket',
  },
  { action: 's3:ListBucket', named: ['logs'], things: ['arn:aws:s3:::logs'], why: 'the bucket itself' },
  {
    action: 'lambda:InvokeFunction',
    named: [`${arn('lambda', 'function:pay')}:live`],
    things: [arn('lambda', 'function:pay'), arn('lambda', 'function:pay:*')],
    why: 'with and without a qualifier',
  },
  {
    action: 'lambda:InvokeFunction',
    named: ['444455556666:function:pay:1'],
    things: [
      'arn:aws:lambda:eu-west-1:444455556666:function:pay',
      'arn:aws:lambda:eu-west-1:444455556666:function:pay:*',
    ],
    why: 'a partial ARN',
  },
  {
    action: 'sqs:SendMessage',
    named: ['https://sqs.us-east-1.amazonaws.com/444455556666/jobs'],
    things: ['arn:aws:sqs:us-east-1:444455556666:jobs'],
    why: 'a URL tells region and account',
  },
  {
    action: 'secretsmanager:GetSecretValue',
    named: ['prod/db'],
    things: [arn('secretsmanager', 'secret:prod/db-??????')],
    why: 'a name lacks six characters',
  },
  {
    action: 'secretsmanager:GetSecretValue',
    named: [arn('secretsmanager', 'secret:prod/db-Ab12Cd')],
    things: [arn('secretsmanager', 'secret:prod/db-Ab12Cd')],
    why: 'an ARN has them',
  },
  {
    action: 'ssm:GetParameters',
    named: ['/a/b', 'c'],
    things: [arn('ssm', 'parameter/a/b'), arn('ssm', 'parameter/c')],
    why: 'several names, one slash',
  },
  { action: 'kms:Decrypt', named: ['1234-abcd'], things: [arn('kms', 'key/1234-abcd')], why: 'a key by its id' },
  { action: 'kms:Decrypt', named: ['alias/orders'], things: undefined, why: 'an alias does not tell the key' },
  {
    action: 'logs:CreateLogStream',
    named: ['/aws/lambda/pay'],
    things: [arn('logs', 'log-group:/aws/lambda/pay:log-stream:*')],
    why: 'a stream is told by its group',
  },
  {
    action: 'logs:DescribeLogStreams',
    named: ['g'],
    things: [arn('logs', 'log-group:g'), arn('logs', 'log-group:g:*')],
    why: 'as IAM asks for both',
  },
  {
    action: 'iam:GetRole',
    named: ['ops', 'arn:aws:iam::111122223333:policy/p'],
    things: ['arn:aws:iam::111122223333:role/ops'],
    why: 'the policy is of another kind',
  },
  {
    action: 'sts:AssumeRole',
    named: ['arn:aws:iam::444455556666:role/x/y'],
    things: ['arn:aws:iam::444455556666:role/x/y'],
    why: 'abroad',
  },
  { action: 'ec2:RunInstances', named: ['i-1'], things: undefined, why: 'concerns several kinds' },
  { action: 's3:ListAllMyBuckets', named: [], things: undefined, why: 'nothing' },
  { action: 'dynamodb:GetItem', named: ['a*'], things: undefined, why: 'a name with a wildcard is none' },
  {
    action: 'ssm:GetParameters',
    named: Array.from({ length: 16 }, (_, index) => `p${index}`),
    things: undefined,
    why: 'as many as a log tells, so maybe more',
  },
])('$action on $named: $why', ({ action, named, things }) => {
  expect(thingPatterns(action, named, place)).toEqual(things);
});
