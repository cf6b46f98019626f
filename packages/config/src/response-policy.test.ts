import { describe, expect, it } from 'vitest';
import { ConfigurationError } from './errors.ts';
import { parseResponsePolicy } from './response-policy.ts';

describe('parseResponsePolicy', () => {
  it('does nothing by default', () => {
    expect(parseResponsePolicy({}, 'policy.ts')).toMatchObject({
      rules: [],
      protect: { tags: [{ key: 'break-glass' }] },
      brakes: { actsPerHour: 20 },
    });
  });

  it('cuts narrowly and at once unless a rule says otherwise', () => {
    const { rules } = parseResponsePolicy({ rules: [{ id: 'stop', mode: 'enforce' }] }, 'policy.ts');

    expect(rules).toEqual([{ id: 'stop', mode: 'enforce', breadth: 'narrow', delayMinutes: 0 }]);
  });

  it.each([
    { value: { rules: [{ id: 'a', mode: 'block' }] }, path: 'rules.0.mode', why: 'no such mode' },
    { value: { rules: [{ id: 'portcullis:review', mode: 'enforce' }] }, path: 'rules.0.id', why: 'a name of ours' },
    { value: { rules: [{ mode: 'observe' }] }, path: 'rules.0.id', why: 'the ledger names the rule' },
    { value: { rules: [{ id: 'a', mode: 'observe', severity: [] }] }, path: 'rules.0.severity', why: 'fits nothing' },
    {
      value: { rules: [{ id: 'a', mode: 'enforce', actorKind: ['service'] }] },
      path: 'rules.0.actorKind.0',
      why: 'nobody cuts a service',
    },
    { value: { rule: [] }, path: '', why: 'a misspelled name' },
    { value: { protect: { principals: ['*'] } }, path: 'protect.principals.0', why: 'would protect everybody' },
    { value: { brakes: { actsPerHour: 0 } }, path: 'brakes.actsPerHour', why: 'that is mode observe' },
    {
      value: { maintenance: [{ id: 'm', from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' }] },
      path: 'maintenance.0.to',
      why: 'ends before it begins',
    },
  ])('refuses $path ($why)', ({ value, path }) => {
    const parse = () => parseResponsePolicy(value, 'policy.ts');

    expect(parse).toThrow(ConfigurationError);
    expect(parse).toThrow(path === '' ? 'policy.ts' : `policy.ts: ${path}`);
  });
});
