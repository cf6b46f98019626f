import { isObject, objectAt } from '../actions/action.ts';
import type { Answer, JsonObject } from '../api-call.ts';
import type { AccountModel, FunctionModel } from './account-model.ts';
import { done, refusal, text } from './answers.ts';
import type { Perform } from './memory-account.ts';

const ABSENT = refusal('ResourceNotFoundException');

export const lambdaOperations: Readonly<Record<string, Perform>> = {
  'lambda:GetPolicy': ofFunction(({ statements }) =>
    statements.length === 0
      ? ABSENT
      : done({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }),
  ),
  'lambda:RemovePermission': ofFunction((lambda, { StatementId }) => {
    const left = lambda.statements.filter(({ Sid }) => Sid !== StatementId);
    if (left.length === lambda.statements.length) return ABSENT;
    lambda.statements = left;
    return done();
  }),
  'lambda:AddPermission': ofFunction((lambda, input) => {
    if (lambda.statements.some(({ Sid }) => Sid === input.StatementId)) return refusal('ResourceConflictException');
    lambda.statements.push(statementFrom(input));
    return done();
  }),
  'lambda:GetFunctionConcurrency': ofFunction(({ concurrency }) =>
    done(concurrency === undefined ? {} : { ReservedConcurrentExecutions: concurrency }),
  ),
  'lambda:ListProvisionedConcurrencyConfigs': ofFunction(({ provisioned }) =>
    done({
      ProvisionedConcurrencyConfigs:
        provisioned === 0 ? [] : [{ RequestedProvisionedConcurrentExecutions: provisioned }],
    }),
  ),
  'lambda:PutFunctionConcurrency': ofFunction((lambda, { ReservedConcurrentExecutions: reserved }) => {
    if (Number(reserved) < lambda.provisioned) return refusal('InvalidParameterValueException');
    lambda.concurrency = Number(reserved);
    return done();
  }),
  'lambda:DeleteFunctionConcurrency': ofFunction((lambda) => {
    delete lambda.concurrency;
    return done();
  }),
  'lambda:GetFunctionUrlConfig': ofFunction(({ urlAuth }) =>
    urlAuth === undefined ? ABSENT : done({ AuthType: urlAuth }),
  ),
  'lambda:UpdateFunctionUrlConfig': ofFunction((lambda, { AuthType }) => {
    if (lambda.urlAuth === undefined) return ABSENT;
    lambda.urlAuth = text(AuthType);
    return done();
  }),
  'lambda:GetAlias': ofFunction(({ aliases }, { Name }) => {
    const alias = aliases[text(Name)];
    if (alias === undefined) return ABSENT;
    return done({
      FunctionVersion: alias.version,
      ...(Object.keys(alias.routing).length === 0
        ? {}
        : { RoutingConfig: { AdditionalVersionWeights: { ...alias.routing } } }),
    });
  }),
  'lambda:UpdateAlias': ofFunction(({ aliases }, input) => {
    const alias = aliases[text(input.Name)];
    if (alias === undefined) return ABSENT;
    alias.version = text(input.FunctionVersion);
    alias.routing = { ...(objectAt(input, 'RoutingConfig', 'AdditionalVersionWeights') as Record<string, number>) };
    return done();
  }),
  'lambda:GetEventSourceMapping': ({ eventSources }, { UUID }) => {
    const source = eventSources[text(UUID)];
    return source === undefined ? ABSENT : done({ State: source.state });
  },
  'lambda:UpdateEventSourceMapping': ({ eventSources }, { UUID, Enabled }) => {
    const source = eventSources[text(UUID)];
    if (source === undefined) return ABSENT;
    source.state = Enabled === true ? 'Enabled' : 'Disabled';
    return done();
  },
};

function ofFunction(perform: (lambda: FunctionModel, input: JsonObject) => Answer): Perform {
  return ({ functions }: AccountModel, input) => {
    const lambda = functions[text(input.FunctionName)];
    return lambda === undefined ? ABSENT : perform(lambda, input);
  };
}

/** As Lambda writes what `AddPermission` is given. */
function statementFrom(input: JsonObject): JsonObject {
  const principal = text(input.Principal);
  const conditions: Record<string, Record<string, string>> = {};
  const add = (operator: string, key: string, value: JsonObject[string]) => {
    if (typeof value === 'string') conditions[operator] = { ...conditions[operator], [key]: value };
  };
  add('ArnLike', 'AWS:SourceArn', input.SourceArn);
  add('StringEquals', 'AWS:SourceAccount', input.SourceAccount);
  add('StringEquals', 'aws:PrincipalOrgID', input.PrincipalOrgID);
  add('StringEquals', 'lambda:FunctionUrlAuthType', input.FunctionUrlAuthType);
  const condition: JsonObject = conditions;
  return {
    Sid: text(input.StatementId),
    Effect: 'Allow',
    Principal: principalFrom(principal),
    Action: text(input.Action),
    Resource: text(input.FunctionName),
    ...(isObject(condition) && Object.keys(conditions).length > 0 ? { Condition: condition } : {}),
  };
}

function principalFrom(principal: string): JsonObject[string] {
  if (principal === '*') return '*';
  if (principal.endsWith('.amazonaws.com')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}
