import { accessLevelOf, effectOf } from '@portcullis/iam';
import type { AttachedPolicy } from '../authorization/authorization.ts';
import type { ReviewSettings } from '../settings.ts';
import type { PrincipalUsage } from '../usage/usage.ts';
import { mayBeUsedUnseen, visibilityOf } from '../usage/visible-actions.ts';
import type { Span } from './narrow-resources.ts';

/**
 * Why an action stays. `used`: it was, at any time the record reaches back to. `unseen`: no log would have shown it.
 * `young`: granted of late. `unmapped`: calls of its service were seen whose action is not known. `margin`: close to what is
 * used, and likely to be next.
 */
export type Retained = 'used' | 'unseen' | 'young' | 'unmapped' | 'margin';

/** Says of each granted action whether it stays, and why; `undefined` for what can go. */
export type Retain = (action: string, policy: AttachedPolicy) => Retained | undefined;

/** Of the time observed, the part at whose end one looks for things that are still new. */
const LATE = 1 / 3;
/** New actions in that part, and their share of all, from which on somebody counts as one who goes on finding new ones. */
const MIN_LATE = 3;
const MIN_LATE_SHARE = 0.06;

/** @param aroundIt - services that anybody of its account uses */
export function retainer(
  usage: PrincipalUsage,
  aroundIt: ReadonlySet<string>,
  settings: ReviewSettings,
  span: Span,
): Retain {
  const used = new Set([...usage.actions].filter(([, { calls }]) => calls > 0).map(([name]) => name));
  const services = new Set([...used].map(serviceOf));
  const fields = new Set([...used].map(fieldOf));
  const settled = isSettled(usage, span);
  const handsOnRoles = [...used].some(mayPassRole);
  return (action, { since }) => {
    if (used.has(action)) return 'used';
    if (usage.unmapped.has(serviceOf(action))) return 'unmapped';
    if (since !== undefined && since / DAY_MS > span.lastDay - settings.graceDays) return 'young';
    if (action === 'iam:PassRole') return handsOnRoles ? 'unseen' : undefined;
    if (visibilityOf(action, settings.dataEvents) !== 'logged') {
      return mayBeUsedUnseen(action, aroundIt) ? 'unseen' : undefined;
    }
    if (settings.margin === 'none') return undefined;
    const isView = effectOf(action, accessLevelOf(action)) === 'views';
    const isNear = (settled ? services : aroundIt).has(serviceOf(action));
    const isClose = isView ? isNear : !settled && fields.has(fieldOf(action));
    return isClose ? 'margin' : undefined;
  };
}

/**
 * Whether what a principal will use is what it used. People, unlike most machines, are never done: who still began to use new
 * actions late will go on, and needs room in what it works with.
 */
function isSettled({ actions }: PrincipalUsage, { firstDay, lastDay }: Span): boolean {
  const used = [...actions.values()].filter(({ calls, implied }) => calls > 0 && !implied);
  const since = lastDay - (lastDay - firstDay) * LATE;
  const late = used.filter((use) => use.firstDay > since).length;
  return late < MIN_LATE || late < MIN_LATE_SHARE * used.length;
}

/** A service, and what is done with it: `ec2 changes`, `iam Permissions management`. */
function fieldOf(action: string): string {
  const level = accessLevelOf(action);
  const sort = level === 'Permissions management' ? level : effectOf(action, level);
  return `${serviceOf(action)} ${sort}`;
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
