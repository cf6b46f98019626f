import { accessLevelOf, effectOf } from '@portcullis/iam';
import type { AttachedPolicy } from '../authorization/authorization.ts';
import type { ReviewSettings } from '../settings.ts';
import type { PrincipalUsage } from '../usage/usage.ts';
import { visibilityOf } from '../usage/visible-actions.ts';

/**
 * Why an action stays. `used`: it was, at any time the record reaches back to. `unseen`: no log would have shown it.
 * `young`: granted of late. `unmapped`: calls of its service were seen whose action is not known. `margin`: a view of a
 * service in use.
 */
export type Retained = 'used' | 'unseen' | 'young' | 'unmapped' | 'margin';

/** Says of each granted action whether it stays, and why; `undefined` for what can go. */
export type Retain = (action: string, policy: AttachedPolicy) => Retained | undefined;

/** @param today - last day of the record */
export function retainer(usage: PrincipalUsage, settings: ReviewSettings, today: number): Retain {
  const used = new Set([...usage.actions].filter(([, { calls }]) => calls > 0).map(([name]) => name));
  const services = new Set([...used].map(serviceOf));
  const handsOnRoles = [...used].some(mayPassRole);
  return (action, { since }) => {
    if (used.has(action)) return 'used';
    if (usage.unmapped.has(serviceOf(action))) return 'unmapped';
    if (since !== undefined && since / DAY_MS > today - settings.graceDays) return 'young';
    if (action === 'iam:PassRole') return handsOnRoles ? 'unseen' : undefined;
    if (visibilityOf(action, settings.dataEvents) !== 'logged') return 'unseen';
    const isView = effectOf(action, accessLevelOf(action)) === 'views';
    return settings.margin === 'reads' && isView && services.has(serviceOf(action)) ? 'margin' : undefined;
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

const MAY_NAME_A_ROLE =
  /^(?:Add|Associate|Create|Enable|Import|Modify|Put|Register|Replace|Run|Set|Start|Submit|Update)/;
/** Of these no call takes a role to hand on. */
const HAND_ON_NOTHING = new Set([
  'dynamodb',
  'kms',
  'sqs',
  'sns',
  'kinesis',
  'secretsmanager',
  'sts',
  'ecr',
  'iam',
  'elasticloadbalancing',
  'route53',
]);

/** Whether a call may have handed a role to a service, which no log tells. */
function mayPassRole(action: string): boolean {
  if (effectOf(action, accessLevelOf(action)) !== 'changes' || HAND_ON_NOTHING.has(serviceOf(action))) return false;
  const name = action.slice(action.indexOf(':') + 1);
  return (
    MAY_NAME_A_ROLE.test(name) &&
    !/^(?:PutObject|PutParameter|PutLogEvents|PutMetricData|PutEvents|StartQuery)/.test(name)
  );
}
