import type { Actor, LoggedFunction } from '@portcullis/event';
import type { PipelineState } from './pipeline-state.ts';

/** Beside one of a name that is not told apart by region, most accounts have no other. */
export function functionActor({ names }: PipelineState, { account, region, name }: LoggedFunction): Actor {
  const arn =
    region === 'unknown' ? undefined : `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  const id = arn === undefined ? sameName(names, account, name) : `${account}/function/${arn}`;
  const known = names.get(id);
  return {
    id,
    kind: 'function',
    account,
    arn: known?.arn ?? arn,
    name,
    peerGroup: 'function',
    via: undefined,
    sharedRole: undefined,
    role: known?.role,
    revocable: true,
    root: false,
  };
}

/** The one function of that name that CloudTrail told of, where there is one; else a name of its own. */
function sameName(names: PipelineState['names'], account: string, name: string): string {
  const ids = [...names.keys()].filter(
    (id) => id.startsWith(`${account}/function/`) && id.endsWith(`:function:${name}`),
  );
  return ids.length === 1 && ids[0] !== undefined ? ids[0] : `${account}/function/${name}`;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
