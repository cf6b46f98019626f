import { type Answer, type Asked, actByLedger, NOT_IN_LEDGER, type Power } from '@portcullis/respond';
import type { Context } from 'aws-lambda';
import { responseLane } from './response-lane.ts';
import { observed } from './telemetry.ts';

/** A handler that holds one power, and makes the calls of it that follow from the ledger. */
export function acting(power: Power): (asked: Asked, context: Context) => Promise<Answer> {
  const { acting: ports } = responseLane();
  return observed(async (asked: Asked) => {
    const answer = await actByLedger(asked, power, ports);
    const code = answer.kind === 'refused' ? answer.code : undefined;
    return {
      answer,
      figures: {
        Made: code === undefined ? 1 : 0,
        Refused: code === undefined ? 0 : 1,
        RefusedByLedger: code === NOT_IN_LEDGER ? 1 : 0,
      },
      errors: answer.kind === 'refused' ? [`${asked.call.operation}: ${answer.code}`] : [],
    };
  });
}
