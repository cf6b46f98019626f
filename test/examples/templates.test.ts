import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type AlertPatternOptions, alertPattern } from '@portcullis/contract/pattern';
import { describe, expect, it } from 'vitest';
import { type CollectionTag, parse, type ScalarTag, type Tags } from 'yaml';

const root = path.resolve(import.meta.dirname, '../..');
const files = globSync('examples/*/*.yaml', { cwd: root }).sort();

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What CloudFormation's short forms stand for: `!Ref X` becomes `Ref X`, `!GetAtt X.Arn` becomes `GetAtt X.Arn`. */
const SHORT_FORMS: Tags = [
  ...['Ref', 'GetAtt', 'Sub'].map((name): ScalarTag => ({ tag: `!${name}`, resolve: (value) => `${name} ${value}` })),
  ...['If', 'Not', 'Equals'].map(
    (name): CollectionTag => ({ tag: `!${name}`, collection: 'seq', resolve: (list) => list }),
  ),
];

function resourcesOf(file: string): Record<string, Resource> {
  return parse(readFileSync(path.join(root, file), 'utf8'), { customTags: SHORT_FORMS }).Resources;
}

function ofType(file: string, type: string): (Resource & { readonly name: string })[] {
  return Object.entries(resourcesOf(file))
    .filter(([, resource]) => resource.Type === type)
    .map(([name, resource]) => ({ name, ...resource }));
}

/** Every statement of every policy, wherever it stands. */
function statementsOf(node: unknown): Statement[] {
  if (Array.isArray(node)) return node.flatMap(statementsOf);
  if (typeof node !== 'object' || node === null) return [];
  if ('Effect' in node) return [node as Statement];
  return Object.values(node).flatMap(statementsOf);
}

it('there is a template in every example', () => {
  expect(files).toEqual([
    'examples/another-account/publisher.yaml',
    'examples/another-account/template.yaml',
    'examples/security-hub/template.yaml',
    'examples/slack/template.yaml',
    'examples/tickets/template.yaml',
  ]);
});

describe.each(files)('%s', (file) => {
  const statements = statementsOf(resourcesOf(file));

  it('asks for single actions on single resources, each with whom it is for', () => {
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

    expect(allowed.length).toBeGreaterThan(1);
    for (const { Action, Resource: resource, Principal } of allowed) {
      for (const action of [Action].flat()) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      expect(JSON.stringify(resource ?? '')).not.toMatch(/\*/);
      expect(Principal).not.toBe('*');
      expect(JSON.stringify(Principal ?? '')).not.toMatch(/:root|\*/);
    }
  });

  it('lets services act for this deployment alone', () => {
    for (const { Principal, Action, Condition } of statements.filter(({ Principal }) => Principal !== undefined)) {
      const isAssumedByLambda =
        JSON.stringify(Principal) === '{"Service":"lambda.amazonaws.com"}' && Action === 'sts:AssumeRole';
      expect(Condition !== undefined || isAssumedByLambda, JSON.stringify(Principal)).toBe(true);
    }
    for (const { Properties } of ofType(file, 'AWS::Lambda::Permission')) {
      expect(Properties).toMatchObject({ Principal: 'events.amazonaws.com', SourceArn: 'GetAtt Rule.Arn' });
    }
  });

  it('keeps what failed, encrypted, for two weeks, and raises an alarm', () => {
    const [failed] = ofType(file, 'AWS::SQS::Queue').filter(({ name }) => name === 'Failed');
    const [alarm] = ofType(file, 'AWS::CloudWatch::Alarm');

    expect(failed?.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    expect(JSON.stringify(alarm?.Properties.Dimensions)).toContain('GetAtt Failed.QueueName');
    expect(alarm?.Properties.AlarmActions).toEqual(['HasTopic', ['Ref AlarmTopicArn'], 'Ref AWS::NoValue']);
    for (const { Properties } of ofType(file, 'AWS::Events::Rule')) {
      for (const target of Properties.Targets as object[]) {
        expect(target).toMatchObject({ DeadLetterConfig: { Arn: 'GetAtt Failed.Arn' } });
      }
    }
    for (const { name, Properties } of ofType(file, 'AWS::SQS::Queue')) {
      expect(Properties.SqsManagedSseEnabled, name).toBe(true);
      const policies = ofType(file, 'AWS::SQS::QueuePolicy').filter(
        (policy) => JSON.stringify(policy.Properties.Queues) === `["Ref ${name}"]`,
      );
      expect(
        statementsOf(policies).map(({ Effect }) => Effect),
        name,
      ).toEqual(['Allow', 'Deny']);
    }
  });

  it('runs on the runtime of the house, with logs that end', () => {
    for (const { Properties } of ofType(file, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'handler.handler' });
      const { Variables } = Properties.Environment as { Variables: Record<string, string> };
      expect(Object.keys(Variables).sort()).toEqual(environmentRead(path.dirname(file)));
    }
    for (const { Properties } of ofType(file, 'AWS::Logs::LogGroup')) {
      expect(Properties).toMatchObject({ RetentionInDays: 30 });
    }
  });
});

/** What a handler has from its template; what Lambda itself sets, and what has a default that suits most, aside. */
function environmentRead(folder: string): string[] {
  const source = readFileSync(path.join(root, folder, 'handler.ts'), 'utf8');
  const names = [...source.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b|(?<=env\.)[A-Z_]+/g)].map(([name]) => name);
  const set = names.filter(
    (name) => !['AWS_REGION', 'JIRA_ISSUE_TYPE', 'JIRA_CLOSE_STEP', 'JIRA_REOPEN_STEP'].includes(name),
  );
  return [...new Set([...set, ...(source.includes('FORMAT') ? ['FORMAT'] : [])])].sort();
}

describe('rules', () => {
  it.each<{ file: string; options: AlertPatternOptions }>([
    {
      file: 'examples/slack/template.yaml',
      options: { detailTypes: ['Anomaly Detected', 'Anomaly Updated'], minSeverity: 'HIGH' },
    },
    { file: 'examples/security-hub/template.yaml', options: {} },
    { file: 'examples/tickets/template.yaml', options: {} },
    { file: 'examples/another-account/template.yaml', options: {} },
  ])('of $file let through what alertPattern makes of $options', ({ file, options }) => {
    const [rule] = ofType(file, 'AWS::Events::Rule');

    expect(rule?.Properties.EventPattern).toEqual(alertPattern(options));
  });

  it('forward what alertPattern makes of a list of accounts', () => {
    const [rule] = ofType('examples/another-account/publisher.yaml', 'AWS::Events::Rule');
    const { detail, ...pattern } = alertPattern({ accounts: ['123456789012'] });

    expect(rule?.Properties.EventPattern).toEqual({
      ...pattern,
      detail: { ...detail, data: { account: 'Ref AboutAccounts' } },
    });
  });
});

describe('both sides of another account', () => {
  it('agree on one role, one bus and one source', () => {
    const [policy] = statementsOf(ofType('examples/another-account/template.yaml', 'AWS::Events::EventBusPolicy'));
    const forwards = statementsOf(ofType('examples/another-account/publisher.yaml', 'AWS::IAM::Role')).find(
      ({ Action }) => Action === 'events:PutEvents',
    );

    expect(policy).toEqual({
      Effect: 'Allow',
      Principal: { AWS: 'Ref ForwardingRoleArn' },
      Action: 'events:PutEvents',
      Resource: 'GetAtt Bus.Arn',
      Condition: { StringEquals: { 'events:source': 'portcullis' } },
    });
    expect(forwards?.Resource).toBe('Ref ConsumerBusArn');
  });
});
