import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Answer, CallAws } from '@portcullis/respond';

/**
 * Has each call made by the function that holds its power; what is only looked at, is looked at from here.
 *
 * An invocation that fails is an answer too: nobody knows then whether the call was made, so it is looked at again.
 *
 * @param prefix - beginning of the functions' names
 */
export function callByFunctions(lambda: Pick<LambdaClient, 'send'>, prefix: string, look: CallAws): CallAws {
  return async (call, place) => {
    if (call.power === 'look') return look(call, place);
    const name = `${prefix}act-${call.power}`;
    try {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: name, Payload: JSON.stringify({ call, place }) }),
      );
      if (FunctionError !== undefined) return refused('FunctionFailed', `${name}: ${FunctionError}`);
      return answerIn(new TextDecoder().decode(Payload)) ?? refused('NoAnswer', `${name} gave no answer`);
    } catch (error) {
      const { name: code, message } = error instanceof Error ? error : new Error(String(error));
      return refused(`Invoke:${code}`, message);
    }
  };
}

/** What came back is checked: a form that is not known never counts as done. */
function answerIn(text: string): Answer | undefined {
  const answer: unknown = parsed(text);
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return undefined;
  if (answer.kind === 'done' && 'output' in answer && typeof answer.output === 'object') {
    return { kind: 'done', output: JSON.parse(JSON.stringify(answer.output ?? {})) };
  }
  if (answer.kind !== 'refused' || !('code' in answer) || !('message' in answer)) return undefined;
  return refused(String(answer.code), String(answer.message));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(code: string, message: string): Answer {
  return { kind: 'refused', code, message };
}
