import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listFunctions(): Call {
  return read('lambda', 'ListFunctions20150331', { maxItems: 50 });
}

/** Shows configuration with environment variables, and a link to the code. */
export function getFunction(functionName: string): Call {
  return read('lambda', 'GetFunction20150331v2', { functionName });
}

export function getFunctionConfiguration(functionName: string): Call {
  return read('lambda', 'GetFunctionConfiguration20150331v2', { functionName });
}

export function getFunctionPolicy(functionName: string): Call {
  return read('lambda', 'GetPolicy20150331v2', { functionName });
}

export function createFunction(account: Account, functionName: string, roleName: string): Call {
  return write(
    'lambda',
    'CreateFunction20150331',
    {
      functionName,
      runtime: 'nodejs24.x',
      role: arnOf(account, 'iam', `role/${roleName}`),
      handler: 'index.handler',
      code: { s3Bucket: 'fern-artifacts', s3Key: `${functionName}/bundle.zip` },
      timeout: 30,
      memorySize: 512,
      publish: false,
      environment: {},
    },
    { response: configuration(account, functionName, roleName) },
  );
}

/** Sends new code; CloudTrail leaves the code itself out. */
export function updateFunctionCode(account: Account, functionName: string, roleName: string, codeSha: string): Call {
  return write(
    'lambda',
    'UpdateFunctionCode20150331v2',
    { functionName, dryRun: false, publish: false },
    { response: { ...configuration(account, functionName, roleName), codeSha256: codeSha } },
  );
}

export function updateFunctionConfiguration(account: Account, functionName: string, roleName: string): Call {
  return write(
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName, timeout: 30, memorySize: 512, environment: {} },
    { response: configuration(account, functionName, roleName) },
  );
}

export function publishVersion(account: Account, functionName: string, roleName: string): Call {
  return write(
    'lambda',
    'PublishVersion20150331',
    { functionName },
    { response: configuration(account, functionName, roleName) },
  );
}

export function invoke(account: Account, functionName: string): Call {
  const functionArn = arnOf(account, 'lambda', `function:${functionName}`);
  return write(
    'lambda',
    'Invoke',
    { functionName: functionArn, invocationType: 'RequestResponse' },
    {
      additional: { functionVersion: `${functionArn}:$LATEST` },
      resources: [{ type: 'AWS::Lambda::Function', ARN: functionArn }],
      data: true,
    },
  );
}

/** Lets anyone on the internet invoke the function. */
export function openFunctionUrl(account: Account, functionName: string): Call {
  const request = { functionName, authType: 'NONE' };
  const functionArn = arnOf(account, 'lambda', `function:${functionName}`);
  return write('lambda', 'CreateFunctionUrlConfig', request, {
    response: { functionArn, authType: 'NONE', functionUrl: 'https://k3example.lambda-url.eu-west-1.on.aws/' },
  });
}

/** Lets a principal of another account, or `*`, call the function. */
export function addPermission(functionName: string, action: string, principal: string): Call {
  return write('lambda', 'AddPermission20150331v2', { functionName, statementId: 'sync', action, principal });
}

function configuration(account: Account, functionName: string, roleName: string) {
  return {
    functionName,
    functionArn: arnOf(account, 'lambda', `function:${functionName}`),
    runtime: 'nodejs24.x',
    role: arnOf(account, 'iam', `role/${roleName}`),
    handler: 'index.handler',
    timeout: 30,
    memorySize: 512,
    version: '$LATEST',
    packageType: 'Zip',
    architectures: ['arm64'],
    state: 'Active',
  };
}
