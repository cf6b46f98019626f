import { expect, it } from 'vitest';
import { configVersion } from './config-version.ts';
import { ConfigurationError } from './errors.ts';
import { parseSettings } from './parse-settings.ts';

it.each([
  { deploy: {}, why: 'one account, a trail of its own' },
  { deploy: { trail: 'existing', delivery: 'log-group', logGroups: ['aws-cloudtrail-logs'] }, why: 'a log group' },
  {
    deploy: {
      scope: 'organization',
      organizationId: 'o-exampleorgid',
      organizationUnits: ['ou-ab12-cd34ef56', 'r-ab12'],
      trail: 'existing',
      bucket: 'example-trail-logs',
      announcedBy: 'sns',
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:trail-objects',
    },
    why: 'the bucket of an organization',
  },
  {
    deploy: {
      functionLogGroups: ['/aws/lambda/orders'],
      apiLogGroups: ['orders-api-access'],
      flowLogGroups: ['vpc-flow-logs'],
      flowBucket: 'example-flow-logs',
      flowBucketPrefix: 'AWSLogs/',
    },
    why: 'what functions, APIs and networks log',
  },
])('takes $why', ({ deploy }) => {
  expect(parseSettings({ deploy }, 'file').deploy).toMatchObject(deploy);
});

it.each([
  { deploy: { scope: 'organization' }, says: 'deploy.organizationId', why: 'anybody could forward' },
  { deploy: { organizationId: 'exampleorgid' }, says: 'takes a text like o-exampleorgid', why: 'not an id' },
  { deploy: { organizationUnits: ['r-ab12'] }, says: 'deploy.organizationUnits', why: 'units without organization' },
  { deploy: { trail: 'existing', delivery: 'log-group' }, says: 'deploy.logGroups', why: 'which one?' },
  { deploy: { delivery: 'log-group', logGroups: ['a'] }, says: 'deploy.logGroups', why: 'a new trail has its own' },
  { deploy: { trail: 'existing' }, says: 'deploy.bucket', why: 'which one?' },
  { deploy: { bucket: 'example-trail-logs' }, says: 'deploy.bucket', why: 'a new trail has its own' },
  {
    deploy: { trail: 'existing', bucket: 'example-trail-logs', announcedBy: 'sns' },
    says: 'deploy.topicArn',
    why: 'nothing would tell of objects',
  },
  {
    deploy: { trail: 'existing', delivery: 'log-group', logGroups: ['/aws/lambda/portcullis-production-alert'] },
    says: 'other than our own',
    why: 'a loop',
  },
  {
    deploy: { functionLogGroups: ['/aws/lambda/portcullis-production-alert'] },
    says: 'deploy.functionLogGroups.0: found "/aws/lambda/portcullis-production-alert"; takes log groups other than our own',
    why: 'a loop',
  },
  { deploy: { apiLogGroups: ['a:b'] }, says: 'takes names of log groups: orders-api-access', why: 'no name' },
  {
    deploy: { functionLogGroups: ['/aws/lambda/orders'], apiLogGroups: ['/aws/lambda/orders'] },
    says: 'deploy.apiLogGroups',
    why: 'a function could forge requests',
  },
  {
    deploy: { trail: 'existing', delivery: 'log-group', logGroups: ['trail'], flowLogGroups: ['trail'] },
    says: 'deploy.flowLogGroups',
    why: 'whoever logs flows could forge calls',
  },
  { deploy: { flowBucket: 'Logs' }, says: 'takes a text like example-flow-logs', why: 'no bucket' },
  { deploy: { flowBucketPrefix: 'AWSLogs/' }, says: 'deploy.flowBucketPrefix', why: 'of which bucket?' },
  {
    deploy: { responseIssuer: 'https://login.example.com' },
    says: 'deploy.responseAudience',
    why: 'any of its tokens',
  },
  {
    deploy: { responseIssuer: 'https://login.example.com', responseAudience: ['portcullis'] },
    says: 'deploy.responseIssuer',
    why: 'nothing to approve',
  },
  {
    deploy: { response: 'cuts', responseIssuer: 'http://login.example.com', responseAudience: ['portcullis'] },
    says: 'takes a text like https://login.example.com',
    why: 'keys fetched over plain HTTP',
  },
  { deploy: { regions: ['europe'] }, says: 'takes regions', why: 'no region' },
  { deploy: { fastLane: 'yes' }, says: 'takes true, false', why: 'no boolean' },
])('refuses $deploy with $says ($why)', ({ deploy, says }) => {
  expect(() => parseSettings({ deploy }, 'file')).toThrow(ConfigurationError);
  expect(() => parseSettings({ deploy }, 'file')).toThrow(says);
});

it('does not change the version of a configuration, since no alert depends on it', () => {
  const plain = parseSettings({}, 'file');

  expect(configVersion(parseSettings({ deploy: { evidenceDays: 30 } }, 'file'))).toBe(configVersion(plain));
  expect(configVersion(parseSettings({ alerts: { allowanceBits: 5 } }, 'file'))).not.toBe(configVersion(plain));
});
