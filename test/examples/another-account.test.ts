import { describe, expect, it } from 'vitest';
import { takeAlert } from '../../examples/another-account/take-alert.ts';
import { signedAlert, trusted, untrustworthy } from './signed-alert.ts';

function aLog() {
  const [lines, warnings]: [string[], string[]] = [[], []];
  return {
    lines,
    warnings,
    log: { log: (line: string) => lines.push(line), warn: (line: string) => warnings.push(line) },
  };
}

describe('takeAlert', () => {
  it('takes what the publisher signed, as a bus of another account hands it on', async () => {
    const { lines, warnings, log } = aLog();

    await takeAlert(JSON.parse(JSON.stringify(await signedAlert())), { ...trusted, log });

    expect(warnings).toEqual([]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ class_uid: 2004, cloud: { account: { uid: '123456789012' } } });
  });

  it('leaves alone what is forged, altered or replayed', async () => {
    for (const { event, reason } of await untrustworthy()) {
      const { lines, warnings, log } = aLog();

      await takeAlert(event, { ...trusted, log });

      expect(lines, reason).toEqual([]);
      expect(JSON.parse(warnings[0] ?? '{}').refused).toBe(reason);
    }
  });
});
