import type { ActivityEvent, Grant } from '@portcullis/event';
import type { DraftCut } from './draft-cut.ts';
import type { Trail } from './follow-attacker.ts';
import type { ResponseState } from './response-state.ts';

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What the attacker did to functions: let others in, opened a URL, put in code, set a trigger, made one. */
export function chooseFunctionCuts(
  { events }: Trail,
  { principals }: Pick<ResponseState, 'principals'>,
): readonly DraftCut[] {
  const done = events.filter(({ outcome, action }) => outcome === 'success' && action.service === 'lambda');
  const created = new Set(done.filter(isNamed('lambda:CreateFunction')).flatMap((event) => functionOf(event) ?? []));
  return done.flatMap((event): readonly DraftCut[] => {
    const arn = functionOf(event);
    if (isNamed('lambda:UpdateEventSourceMapping', 'lambda:CreateEventSourceMapping')(event)) return triggerCuts(event);
    if (arn === undefined) return [];
    if (isNamed('lambda:CreateFunction')(event)) return [stop(event, arn)];
    if (created.has(arn)) return [];
    if (isNamed('lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration')(event)) {
      const aliases = [...principals.values()]
        .flatMap(({ functions }) => functions)
        .find((known) => known.arn === arn)?.aliases;
      return (aliases ?? []).map((alias) => ({
        ...common(event, arn),
        action: 'return-alias',
        details: { kind: 'return-alias', function: arn, alias: alias.name, version: alias.version },
        reason: `alias ${alias.name} back to version ${alias.version}, the last before the episode`,
        onlyPerson: true,
      }));
    }
    return event.grants.filter(isOutward).map((grant) => accessCut(event, arn, grant));
  });
}

/** What was made in the episode does nobody else's work. */
function stop(event: ActivityEvent, arn: string): DraftCut {
  return {
    ...common(event, arn),
    action: 'stop-function',
    details: { kind: 'stop-function', function: arn },
    reason: 'made in the episode: no further invocations',
    onCreated: true,
  };
}

function accessCut(event: ActivityEvent, arn: string, { grantee }: Grant): DraftCut {
  if (event.action.name.endsWith('FunctionUrlConfig')) {
    return {
      ...common(event, arn),
      action: 'close-function-url',
      details: { kind: 'close-function-url', function: arn },
      reason: 'its URL answered anybody; from now on only who may invoke it by IAM',
    };
  }
  return {
    ...common(event, arn),
    action: 'remove-function-permission',
    details: { kind: 'remove-function-permission', function: arn, grantee, proof: event.id },
    reason: `the statement that let ${grantee} in`,
  };
}

function triggerCuts(event: ActivityEvent): readonly DraftCut[] {
  const uuid = event.resources.find((resource) => UUID.test(resource));
  if (uuid === undefined) return [];
  const { account, region } = event;
  return [
    {
      action: 'stop-event-source',
      target: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
      account,
      region,
      actions: [],
      details: { kind: 'stop-event-source', uuid },
      reason: 'a trigger set in the episode',
      onlyPerson: true,
    },
  ];
}

function common({ account, region }: ActivityEvent, target: string) {
  return { target, account, region, actions: [] };
}

function isOutward({ reach }: Grant): boolean {
  return reach === 'public' || reach === 'foreign-account';
}

function isNamed(...names: readonly string[]): (event: ActivityEvent) => boolean {
  return ({ action }) => names.includes(action.name);
}

/** Without version or alias; logs show a name or an ARN. */
function functionOf({ resources, account, region }: ActivityEvent): string | undefined {
  for (const resource of resources) {
    const arn = FUNCTION.exec(resource)?.[0];
    if (arn !== undefined) return arn;
  }
  const name = resources.find((resource) => /^[\w-]+$/.test(resource));
  return name === undefined ? undefined : `arn:aws:lambda:${region}:${account}:function:${name}`;
}
