import { expect, it } from 'vitest';
import { findActors } from './find-actors.ts';

const arn = 'arn:aws:iam::123456789012:role/ci/deploy';
const NAMES = [
  ['1/role/AROA1', { kind: 'role', name: 'deploy', arn }],
  ['1/role/AROA2', { kind: 'role', name: 'deploy-staging', arn: `${arn}-staging` }],
  ['1/user/AIDA1', { kind: 'user', name: 'ana', arn: undefined }],
] as const;

const state = {
  baselines: new Map([...NAMES.map(([id]) => id), '1/user/NAMELESS'].map((id) => [id, undefined])),
  names: new Map(NAMES.map(([id, known]) => [id, known])),
};

it.each([
  { wanted: '1/user/AIDA1', found: ['1/user/AIDA1'], why: 'an id' },
  { wanted: 'deploy', found: ['1/role/AROA1'], why: 'a whole name goes before a part of another' },
  { wanted: arn, found: ['1/role/AROA1'], why: 'a whole ARN' },
  { wanted: 'DEPL', found: ['1/role/AROA1', '1/role/AROA2'], why: 'a part, in any case' },
  { wanted: 'arn:*:role/ci/*', found: ['1/role/AROA1', '1/role/AROA2'], why: 'a pattern of ARNs' },
  { wanted: 'deploy*', found: ['1/role/AROA1', '1/role/AROA2'], why: 'a star may stand for nothing' },
  { wanted: '*ploy', found: ['1/role/AROA1'], why: 'anchored at the end' },
  { wanted: 'an*na', found: [], why: 'pieces do not overlap: ana is no match' },
  { wanted: 'nameless', found: ['1/user/NAMELESS'], why: 'of a state without names, by id' },
  { wanted: 'nobody', found: [], why: 'not there' },
])('$wanted means $found ($why)', ({ wanted, found }) => {
  expect(findActors(state, wanted)).toEqual(found);
});

it('takes a pattern of many stars in its stride', () => {
  expect(findActors(state, `${'*a'.repeat(200)}*b`)).toEqual([]);
});
