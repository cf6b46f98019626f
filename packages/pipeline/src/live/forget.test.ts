import { openEpisode } from '@portcullis/alert';
import { emptyBaseline, encodeBaseline } from '@portcullis/baseline';
import { expect, it } from 'vitest';
import { anActor } from '../../../../test/builders.ts';
import { emptyState } from '../pipeline-state.ts';
import { forgetActors, idleActors } from './forget.ts';
import { memoryPorts } from './twins/index.ts';

const WHO = '123456789012/role/AROAEXAMPLE';

it('who was last seen before a day is idle, unless an alert about it is open', () => {
  const state = emptyState();
  state.lastDays.set('gone', 99).set('back', 100).set('unanswered', 1);
  state.episodes.set('unanswered', { ...openEpisode(anActor(), 0), withheld: true });

  expect(idleActors(state, 100)).toEqual(['gone']);
});

it('nothing is left of who is forgotten; open hours are looked through for those only who were asked for', async () => {
  const ports = memoryPorts();
  const kept = async (actorId: string) => ({
    baseline: (await ports.baselines.load([actorId], Number.POSITIVE_INFINITY)).has(actorId),
    segments: (await ports.segments.load(actorId, 500, 0, [500])).length,
  });
  for (const actorId of [WHO, 'idle', 'other']) {
    const bytes = encodeBaseline(emptyBaseline(20_000));
    await ports.baselines.save([{ actorId, bytes, known: undefined, sealEpoch: 499 }]);
    await ports.segments.save({ sealEpoch: 500, actorId, epoch: 500, split: 0, part: 0 }, new Uint8Array(1), 0);
  }
  await ports.forgets.ask(WHO);

  await forgetActors([WHO, 'idle'], ['123456789012'], ports);

  expect(await kept(WHO)).toEqual({ baseline: false, segments: 0 });
  expect(await kept('idle')).toEqual({ baseline: false, segments: 1 });
  expect(await kept('other')).toEqual({ baseline: true, segments: 1 });
  expect(await ports.forgets.asked()).toEqual([]);
});
