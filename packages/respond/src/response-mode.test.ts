import type { ResponsePolicyInput } from '@portcullis/config';
import { expect, it } from 'vitest';
import { decideMode } from './response-mode.ts';
import { AT, anActor, anAlert, aPolicy, ROLE, someFacts } from './testing/builders.ts';

// 2026-11-23 is a Monday, 10:15
const alert = anAlert(anActor(), []);
const facts = someFacts(ROLE, { tags: { tier: 'test' } });

it.each<{ readonly input: ResponsePolicyInput; readonly mode: string; readonly rule: string; readonly why: string }>([
  { input: { rules: [] }, mode: 'observe', rule: 'default', why: 'no rule' },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', severity: ['HIGH'] }] },
    mode: 'observe',
    rule: 'default',
    why: 'another severity',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', severity: ['CRITICAL'] }] },
    mode: 'enforce',
    rule: 'a',
    why: 'the severity',
  },
  {
    input: {
      rules: [
        { id: 'a', mode: 'approve' },
        { id: 'b', mode: 'enforce' },
      ],
    },
    mode: 'approve',
    rule: 'a',
    why: 'the first that fits',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', actorKind: ['user'] }] },
    mode: 'observe',
    rule: 'default',
    why: 'another kind',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', confidence: ['low'] }] },
    mode: 'observe',
    rule: 'default',
    why: 'too well known',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', confirmed: true }] },
    mode: 'observe',
    rule: 'default',
    why: 'not confirmed',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', confirmed: false }] },
    mode: 'enforce',
    rule: 'a',
    why: 'not confirmed, as asked',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', tag: { key: 'tier', values: ['test'] } }] },
    mode: 'enforce',
    rule: 'a',
    why: 'the tag',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', tag: { key: 'tier', values: ['prod'] } }] },
    mode: 'observe',
    rule: 'default',
    why: 'another value',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', accounts: ['999988887777'] }] },
    mode: 'observe',
    rule: 'default',
    why: 'another account',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', hours: { from: '10:00', to: '11:00', days: [1] } }] },
    mode: 'enforce',
    rule: 'a',
    why: 'within hours',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', hours: { from: '10:00', to: '10:15' } }] },
    mode: 'observe',
    rule: 'default',
    why: 'the end is not within',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', hours: { from: '20:00', to: '11:00', days: [0] } }] },
    mode: 'enforce',
    rule: 'a',
    why: 'the night of Sunday',
  },
  {
    input: { rules: [{ id: 'a', mode: 'enforce', hours: { from: '20:00', to: '11:00', days: [1] } }] },
    mode: 'observe',
    rule: 'default',
    why: 'not the night of Monday yet',
  },
  {
    input: {
      rules: [{ id: 'a', mode: 'enforce' }],
      maintenance: [{ id: 'm', from: '2026-11-23T10:00:00Z', to: '2026-11-23T11:00:00Z' }],
    },
    mode: 'approve',
    rule: 'm',
    why: 'maintenance lowers it',
  },
  {
    input: {
      rules: [{ id: 'a', mode: 'observe' }],
      maintenance: [{ id: 'm', from: '2026-11-23T10:00:00Z', to: '2026-11-23T11:00:00Z' }],
    },
    mode: 'observe',
    rule: 'a',
    why: 'maintenance never raises',
  },
])('$mode by $rule ($why)', ({ input, mode, rule }) => {
  expect(decideMode(aPolicy(input), alert, facts, AT)).toMatchObject({ mode, rule });
});
