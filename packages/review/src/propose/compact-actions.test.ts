import { actionsLike } from '@portcullis/iam';
import { expect, it } from 'vitest';
import { compactActions, withoutCovered } from './compact-actions.ts';

const all = { actions: ['*'] };

it.each([
  {
    actions: actionsLike('sqs:*'),
    granted: { actions: ['sqs:*'] },
    compact: ['sqs:*'],
    why: 'nothing of a pattern was taken',
  },
  { actions: actionsLike('sqs:List*'), granted: all, compact: ['sqs:List*'], why: 'all that it covers' },
  {
    actions: ['sqs:ListQueues', 'sqs:ListQueueTags'],
    granted: all,
    compact: ['sqs:ListQueueTags', 'sqs:ListQueues'],
    why: 'a pattern would cover more',
  },
  {
    actions: actionsLike('sqs:List*'),
    granted: { actions: actionsLike('sqs:List*') },
    compact: actionsLike('sqs:List*').toSorted(),
    why: 'what is new tomorrow was not granted',
  },
  {
    actions: actionsLike('sqs:List*'),
    granted: { notActions: ['iam:*'] },
    compact: ['sqs:List*'],
    why: 'all but others',
  },
  {
    actions: actionsLike('sqs:List*'),
    granted: { notActions: ['sqs:*Tags'] },
    compact: actionsLike('sqs:List*').toSorted(),
    why: 'an exception stands in between',
  },
  {
    actions: ['new:Thing'],
    granted: { actions: ['new:Thing'] },
    compact: ['new:Thing'],
    why: 'not documented, kept as it is',
  },
])('$compact ($why)', ({ actions, granted, compact }) => {
  expect(compactActions(actions, granted)).toEqual(compact);
});

it('finds the longest common words where fewer would cover too much, and covers what it was given and nothing else', () => {
  const views = actionsLike('s3:Get*').filter((name) => !/Object(?!Lock)/.test(name));

  const compact = compactActions(views, all);

  expect(compact).toContain('s3:GetBucket*');
  expect(compact.length).toBeLessThan(views.length / 2);
  expect(compact.flatMap(actionsLike).sort()).toEqual([...views].sort());
});

it('leaves out what another pattern covers', () => {
  expect(withoutCovered(['s3:Get*', 's3:GetObject', 's3:Get*', 's3:PutObject'])).toEqual(['s3:Get*', 's3:PutObject']);
});
