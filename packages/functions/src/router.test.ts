import { expect, it } from 'vitest';
import { logSourcesOf } from './router.ts';

it('believes each log group about one kind of log, for each owner', () => {
  expect(logSourcesOf({ logGroups: ['trail', 'function:/aws/lambda/orders'], logOwners: ['1', '2'] })).toEqual([
    { owner: '1', logGroup: 'trail', holds: 'cloudtrail' },
    { owner: '1', logGroup: '/aws/lambda/orders', holds: 'function' },
    { owner: '2', logGroup: 'trail', holds: 'cloudtrail' },
    { owner: '2', logGroup: '/aws/lambda/orders', holds: 'function' },
  ]);
});

it('refuses a kind that it does not know', () => {
  expect(() => logSourcesOf({ logGroups: ['mail:inbox'], logOwners: ['1'] })).toThrow(/PORTCULLIS_LOG_GROUPS.*mail/);
});
