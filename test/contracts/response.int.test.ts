import type { Answer, ApiCall, CallAws, Json, JsonObject, Operation } from '@portcullis/respond';
import { afterAll, beforeAll, describe } from 'vitest';
import { accountClients, createBusyAccount } from '../local-aws/busy-account.ts';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { readAccount } from '../local-aws/read-account.ts';
import { refusalCode } from '../local-aws/refuse-requests.ts';
import { awsAnswersSuite } from './aws-answers.ts';
import { responseActionsContract } from './response-actions.ts';
import { refusableCaller } from './response-callers.ts';
import { responseStoresSuite } from './response-stores.ts';

/** What moto does not know, answered as AWS would for this account; the twin covers what else it may say. */
const GAPS_OF_MOTO: Readonly<Partial<Record<Operation, Answer>>> = {
  // No such path, so nothing could be provisioned either
  'lambda:ListProvisionedConcurrencyConfigs': { kind: 'done', output: { ProvisionedConcurrencyConfigs: [] } },
};

/** Of two ways to share a snapshot, moto knows the older: the same call, said in it. */
function inWordsOfMoto(call: ApiCall): ApiCall {
  const { CreateVolumePermission: change, ...input } = call.input;
  if (call.operation !== 'ec2:ModifySnapshotAttribute' || !isObject(change)) return call;
  const [verb = '', receivers] = Object.entries(change)[0] ?? [];
  const named = (name: string) =>
    (Array.isArray(receivers) ? receivers : []).flatMap((one) => (isObject(one) ? (one[name] ?? []) : []));
  return {
    ...call,
    input: { ...input, OperationType: verb.toLowerCase(), UserIds: named('UserId'), GroupNames: named('Group') },
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe.runIf(motoAvailable())('on moto', () => {
  let moto: Moto;

  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  responseActionsContract('IAM, Lambda, EC2, Organizations and Identity Center', async () => {
    const account = '111122223333';
    const { credentialsOf, refusals, call } = refusableCaller(moto.endpoint);
    const clients = accountClients(moto.endpoint, await credentialsOf(account, 'look'));
    const names = await createBusyAccount(clients, account);
    let gapRefused = false;
    const overGaps: CallAws = async (asked, place) => {
      const gap = GAPS_OF_MOTO[asked.operation];
      if (gap === undefined) return call(inWordsOfMoto(asked), place);
      if (!gapRefused) return gap;
      gapRefused = false;
      return { kind: 'refused', code: refusalCode(asked.operation), message: 'not you' };
    };
    return {
      names,
      call: overGaps,
      read: () => readAccount(clients, names),
      refuseNext({ operation }) {
        if (GAPS_OF_MOTO[operation] === undefined) refusals.refuseNext();
        else gapRefused = true;
        return refusalCode(operation);
      },
    };
  });

  awsAnswersSuite(() => moto.endpoint);
  responseStoresSuite(() => moto.endpoint);
});
