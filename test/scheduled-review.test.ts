import type { ReviewPlace } from '@portcullis/aws';
import { parseSettings } from '@portcullis/config';
import { type PermissionReviewEvent, permissionReviewEventSchema } from '@portcullis/contract';
import { installState } from '@portcullis/pipeline/live';
import { memoryPorts } from '@portcullis/pipeline/twins';
import { beforeEach, describe, expect, it } from 'vitest';
import { reviewLive } from '../packages/functions/src/review-live.ts';
import { actors, anAccountAtWork } from '../packages/pipeline/src/testing/account-at-work.ts';

const SETTINGS = parseSettings({ review: { minDays: 14, margin: 'none', dataEvents: ['*'] } }, 'test');
const [worker, ...others] = actors;
const state = anAccountAtWork();

/** What IAM says of a role: what it has, and more. */
function roleHolding(name: string, actions: readonly string[]) {
  return {
    Arn: `arn:aws:iam::123456789012:role/${name}`,
    RoleName: name,
    Path: '/',
    RoleId: `AROA${name}`,
    CreateDate: '2020-01-01T00:00:00.000Z',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    AttachedManagedPolicies: [],
    RolePolicyList: [
      {
        PolicyName: 'access',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
      },
    ],
  };
}

function saying(roles: readonly object[]) {
  return {
    async *pages() {
      yield { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [], IsTruncated: false };
    },
  };
}

let ports: ReturnType<typeof memoryPorts>;
let kept: PermissionReviewEvent[];

const store = {
  async put(event: PermissionReviewEvent): Promise<ReviewPlace> {
    kept.push(event);
    return { bucket: 'evidence', key: `reviews/${event.detail.metadata.id}.json` };
  },
};

beforeEach(async () => {
  ports = memoryPorts();
  kept = [];
});

const told = () => ports.alerts.all().map(({ entry }) => permissionReviewEventSchema.parse(entry.event));

describe('a review of what live baselines remember', () => {
  const generous = () =>
    saying([roleHolding(worker?.name ?? '', ['dynamodb:*', 's3:GetObject', 'kms:Decrypt', 'iam:*'])]);

  it('proposes what is left of what a role holds, keeps it in full, and leaves word of it', async () => {
    await installState(state, ports);

    expect(await reviewLive(generous(), ports, store, SETTINGS)).toEqual({ principals: 1, proposed: 1, refused: 0 });

    const [event] = told();
    const data = event?.detail.data;
    expect(event?.detail.metadata.mode).toBe('live');
    expect(data).toMatchObject({
      principal: { arn: worker?.arn },
      proposal: 'narrow',
      actions: { after: 3, kept: { used: 3 } },
      full: { bucket: 'evidence', key: `reviews/${event?.detail.metadata.id}.json` },
    });
    expect(data?.documents).toEqual(kept[0]?.detail.data.documents);
    expect(JSON.stringify(data?.documents)).not.toContain('iam:');
  });

  it('tells the same proposal once, however often it is made', async () => {
    await installState(state, ports);
    await reviewLive(generous(), ports, store, SETTINGS);
    await reviewLive(generous(), ports, store, SETTINGS);

    expect(told()).toHaveLength(1);
    expect(kept).toHaveLength(2);
  });

  it('looks at all actors, however many are loaded at a time', async () => {
    await installState(state, ports);
    const roles = actors.map(({ name }) => roleHolding(name, ['dynamodb:*', 's3:*', 'kms:*']));

    expect(await reviewLive(saying(roles), ports, store, SETTINGS)).toMatchObject({ proposed: others.length + 1 });
  });

  it('says nothing of an account that it knows too little of, or nothing', async () => {
    expect(await reviewLive(generous(), ports, store, SETTINGS)).toEqual({ principals: 1, proposed: 0, refused: 1 });

    await installState(state, ports);
    const asShipped = parseSettings({}, 'test');
    expect(await reviewLive(generous(), ports, store, asShipped)).toEqual({ principals: 1, proposed: 0, refused: 1 });
  });

  it('leaves alone whom the settings name', async () => {
    await installState(state, ports);
    const keeping = parseSettings({ review: { minDays: 14, keep: ['function-*'] } }, 'test');

    expect(await reviewLive(generous(), ports, store, keeping)).toMatchObject({ proposed: 0, refused: 0 });
  });
});
