import { defineConfig } from '@portcullis/config';

/** An organization, from its log archive account, whose bucket a topic tells about; what its principals may do is reviewed. */
export default defineConfig({
  deploy: {
    scope: 'organization',
    organizationId: 'o-exampleorgid',
    organizationUnits: ['ou-ab12-cd34ef56'],
    trail: 'existing',
    bucket: 'example-trail-logs',
    bucketPrefix: 'trail/AWSLogs/',
    bucketKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    announcedBy: 'sns',
    topicArn: 'arn:aws:sns:eu-west-1:123456789012:trail-objects',
    review: 'weekly',
    reviewRoles: ['arn:aws:iam::111122223333:role/portcullis-production-reviewer'],
  },
});
