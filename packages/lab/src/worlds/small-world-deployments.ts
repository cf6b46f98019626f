import type { RunDay } from '../actors/pipeline-runs.ts';
import { putObject } from '../calls/data.ts';
import { createRole, getCallerIdentity, getRole, putRolePolicy } from '../calls/identity.ts';
import { createFunction, getFunctionConfiguration, publishVersion, updateFunctionCode } from '../calls/lambda.ts';
import { describeStacks, executeChangeSet } from '../calls/operations.ts';
import type { Random } from '../random.ts';
import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';

import { launchDay, shopFunctions } from './small-world-functions.ts';

/** What a pipeline run does as `github-deploy`: upload the bundle, replace the code of one to three functions. */
export function deployment(account: Account, days: number, day: RunDay, random: Random): readonly Call[] {
  const live = shopFunctions(account, days).filter(({ deployed = 0 }) => deployed < day.index + 1);
  const changed = random.shuffled(live).slice(0, random.int(1, 3));
  return [
    getCallerIdentity(),
    ...changed.flatMap(({ functionName, roleName }) => [
      putObject('fern-artifacts', `${functionName}/bundle.zip`),
      getFunctionConfiguration(functionName),
      updateFunctionCode(account, functionName, roleName, random.hex(44)),
      getFunctionConfiguration(functionName),
      publishVersion(account, functionName, roleName),
    ]),
  ];
}

/** What a run does as `release-manager`; the first run of launch day also creates the new function and its role. */
export function release(account: Account, days: number, day: RunDay, random: Random): readonly Call[] {
  const stack = random.pick(['fern-shop', 'fern-network']);
  const routine = [
    describeStacks(stack),
    executeChangeSet(account, stack, `release-${random.hex(8)}`),
    describeStacks(stack),
    getRole('orders-api-role'),
  ];
  return day.index === launchDay(days) && day.number === 0 ? [...routine, ...launch(account)] : routine;
}

function launch(account: Account): readonly Call[] {
  return [
    createRole(account, 'recommendations-role', 'lambda.amazonaws.com'),
    putRolePolicy('recommendations-role', 'read-orders', {
      Action: ['dynamodb:Query'],
      Resource: arnOf(account, 'dynamodb', 'table/orders'),
    }),
    createFunction(account, 'recommendations', 'recommendations-role'),
  ];
}
