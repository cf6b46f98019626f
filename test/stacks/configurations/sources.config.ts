import { defineConfig } from '@portcullis/config';

/** One account with a new trail, and with what its functions, APIs and networks log. */
export default defineConfig({
  accounts: { own: ['210987654321'] },
  deploy: {
    functionLogGroups: ['/aws/lambda/orders', '/aws/lambda/payments'],
    apiLogGroups: ['orders-api-access'],
    flowLogGroups: ['vpc-flow-logs'],
    flowBucket: 'example-flow-logs',
    flowBucketPrefix: 'AWSLogs/',
    flowBucketKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
});
