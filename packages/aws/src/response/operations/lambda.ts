import {
  AddPermissionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAliasCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  paginateListFunctions,
  paginateListProvisionedConcurrencyConfigs,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import type { Operation } from '@portcullis/respond';
import { allOf, inputOf, type Operations } from './perform.ts';

export const LAMBDA_OPERATIONS: Operations<'lambda', Operation, LambdaClient> = {
  'lambda:AddPermission': (lambda, input) => lambda.send(new AddPermissionCommand(inputOf(input))),
  'lambda:DeleteFunctionConcurrency': (lambda, input) =>
    lambda.send(new DeleteFunctionConcurrencyCommand(inputOf(input))),
  'lambda:GetAlias': (lambda, input) => lambda.send(new GetAliasCommand(inputOf(input))),
  'lambda:GetEventSourceMapping': (lambda, input) => lambda.send(new GetEventSourceMappingCommand(inputOf(input))),
  'lambda:GetFunctionConcurrency': (lambda, input) => lambda.send(new GetFunctionConcurrencyCommand(inputOf(input))),
  'lambda:GetFunctionUrlConfig': (lambda, input) => lambda.send(new GetFunctionUrlConfigCommand(inputOf(input))),
  'lambda:GetPolicy': (lambda, input) => lambda.send(new GetPolicyCommand(inputOf(input))),
  'lambda:ListFunctions': (client, input) => allOf(paginateListFunctions({ client }, inputOf(input)), 'Functions'),
  'lambda:ListProvisionedConcurrencyConfigs': (client, input) =>
    allOf(paginateListProvisionedConcurrencyConfigs({ client }, inputOf(input)), 'ProvisionedConcurrencyConfigs'),
  'lambda:PutFunctionConcurrency': (lambda, input) => lambda.send(new PutFunctionConcurrencyCommand(inputOf(input))),
  'lambda:RemovePermission': (lambda, input) => lambda.send(new RemovePermissionCommand(inputOf(input))),
  'lambda:UpdateAlias': (lambda, input) => lambda.send(new UpdateAliasCommand(inputOf(input))),
  'lambda:UpdateEventSourceMapping': (lambda, input) =>
    lambda.send(new UpdateEventSourceMappingCommand(inputOf(input))),
  'lambda:UpdateFunctionUrlConfig': (lambda, input) => lambda.send(new UpdateFunctionUrlConfigCommand(inputOf(input))),
};
