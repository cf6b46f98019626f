import { defineConfig } from '@portcullis/config';

/** One account, whose trail is there and is delivered to a log group. */
export default defineConfig({
  accounts: { own: ['210987654321'] },
  deploy: { trail: 'existing', delivery: 'log-group', logGroups: ['aws-cloudtrail-logs'], regions: ['eu-central-1'] },
});
