import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  type OrganizationsClient,
  PolicyNotFoundException,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { FROM_NAME, type JsonObject, type Operation } from '@portcullis/respond';
import { allOf, inputOf, type Operations } from './perform.ts';

export const ORGANIZATIONS_OPERATIONS: Operations<'organizations', Operation, OrganizationsClient> = {
  'organizations:AttachPolicy': async (organizations, input) =>
    organizations.send(new AttachPolicyCommand(inputOf(await byId(organizations, input)))),
  'organizations:CreatePolicy': (organizations, input) => organizations.send(new CreatePolicyCommand(inputOf(input))),
  'organizations:DeletePolicy': async (organizations, input) =>
    organizations.send(new DeletePolicyCommand(inputOf(await byId(organizations, input)))),
  'organizations:DescribePolicy': (organizations, input) =>
    organizations.send(new DescribePolicyCommand(inputOf(input))),
  'organizations:DetachPolicy': async (organizations, input) =>
    organizations.send(new DetachPolicyCommand(inputOf(await byId(organizations, input)))),
  'organizations:ListPolicies': (client, input) => allOf(paginateListPolicies({ client }, inputOf(input)), 'Policies'),
  'organizations:ListTargetsForPolicy': (client, input) =>
    allOf(paginateListTargetsForPolicy({ client }, inputOf(input)), 'Targets'),
};

/** Organizations makes ids up; ours are found by their name, which is unique. */
async function byId(client: OrganizationsClient, { Name, ...input }: JsonObject): Promise<JsonObject> {
  if (input.PolicyId !== FROM_NAME) return input;
  for await (const { Policies = [] } of paginateListPolicies({ client }, { Filter: 'SERVICE_CONTROL_POLICY' })) {
    const id = Policies.find((policy) => policy.Name === Name)?.Id;
    if (id !== undefined) return { ...input, PolicyId: id };
  }
  throw new PolicyNotFoundException({ message: `there is no policy named ${String(Name)}`, $metadata: {} });
}
