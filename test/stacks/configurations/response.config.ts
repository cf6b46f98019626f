import { defineConfig } from '@portcullis/config';

/** An organization whose response may act, edits and all, and is answered by tokens too. */
export default defineConfig({
  deploy: {
    scope: 'organization',
    organizationId: 'o-exampleorgid',
    organizationUnits: ['ou-ab12-cd34ef56'],
    trail: 'existing',
    bucket: 'example-trail-logs',
    bucketPrefix: 'trail/AWSLogs/',
    response: 'cuts-and-edits',
    managementAccount: '210987654321',
    identityCenterRegion: 'eu-west-1',
    responseIssuer: 'https://login.example.com',
    responseAudience: ['portcullis'],
  },
});
