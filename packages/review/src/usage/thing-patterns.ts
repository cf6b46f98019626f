import { type ResourceKind, resourceKindOf } from '@portcullis/iam';

/** Where a call was received; names without a place are taken to lie there. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Services whose calls name several things of one kind at once. */
const NAMES_SEVERAL = new Set(['ssm', 'secretsmanager']);

/** As many as a log tells; more may have been touched. */
const MAX_TOLD = 16;

/**
 * ARN patterns that a policy needs for what a call touched; `undefined` where the log does not tell it well enough.
 *
 * @param named - ARNs and names as the log gives them, the main one first
 */
export function thingPatterns(action: string, named: readonly string[], place: Place): readonly string[] | undefined {
  const kind = resourceKindOf(action);
  if (kind === undefined || named.length === 0 || named.length >= MAX_TOLD) return undefined;
  const isOfKind = kindTest(kind);
  const arns = named.filter((name) => name.startsWith('arn:')).filter(isOfKind);
  const names = named.filter((name) => !name.startsWith('arn:'));
  const service = action.slice(0, action.indexOf(':'));
  const found =
    arns.length > 0
      ? arns
      : (NAMES_SEVERAL.has(service) ? names : names.slice(0, 1)).map((name) => arnOf(kind, service, name, place));
  if (found.length === 0 || found.some((arn) => arn === undefined)) return undefined;
  return found.flatMap((arn) => (arn === undefined ? [] : shapes(kind.kind, arn)));
}

/** The pattern of all things of an action's kind in one place; `undefined` where it concerns no one kind. */
export function allThings(action: string, place: Place): string | undefined {
  const kind = resourceKindOf(action);
  if (kind === undefined || kind.kind === 'bucket' || kind.kind === 'object') return undefined;
  return filled(kind.arn, '*', place);
}

/** Whether an ARN is of a kind, such as `arn:aws:kms:eu-west-1:1:key/1` of a key and no alias. */
function kindTest({ kind, arn }: ResourceKind): (name: string) => boolean {
  const parts = arn.split(':');
  const service = parts[2] ?? '';
  // A log stream is told by its group, an object by its bucket
  const head = (parts.slice(5).join(':').split('$')[0] ?? '').replace(/:$/, '');
  const inBucket = kind === 'bucket' || kind === 'object';
  return (name) => {
    const own = name.split(':');
    if (own[2] !== service) return false;
    const rest = own.slice(5).join(':');
    return inBucket ? own[3] === '' && own[4] === '' && rest !== '' : rest.startsWith(head) && rest !== head;
  };
}

function arnOf({ kind, arn }: ResourceKind, service: string, name: string, place: Place): string | undefined {
  if (/[\s*?]/.test(name)) return undefined;
  switch (service) {
    case 'sqs':
      return queueArn(name, arn, place);
    case 'lambda':
      return functionArn(name, arn, place);
    case 'kms':
      return name.startsWith('alias/') ? undefined : filled(arn, name, place);
    case 'ssm':
      return filled(arn, name.replace(/^\//, ''), place);
    case 'logs':
      return kind === 'log-stream'
        ? `${filled(arn.split(':log-stream')[0] ?? '', name, place)}`
        : filled(arn, name, place);
    case 's3':
      return `arn:${place.partition}:s3:::${name}`;
    default:
      return filled(arn, name, place);
  }
}

/** The URL of a queue tells its own region and account. */
function queueArn(name: string, arn: string, place: Place): string | undefined {
  const url = /^https?:\/\/[^/]+\/(\d{12})\/([^/]+)$/.exec(name);
  if (url === null) return name.includes('/') ? undefined : filled(arn, name, place);
  const region = /\/\/(?:sqs\.)?([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(name)?.[1] ?? place.region;
  return filled(arn, url[2] ?? '', { ...place, region, account: url[1] ?? place.account });
}

/** `orders`, `orders:live`, `111122223333:function:orders`. */
function functionArn(name: string, arn: string, place: Place): string | undefined {
  const parts = name.split(':');
  if (parts.length >= 3 && parts[1] === 'function') {
    return filled(arn, parts[2] ?? '', { ...place, account: parts[0] || place.account });
  }
  return filled(arn, parts[0] ?? '', place);
}

function filled(template: string, name: string, { partition, region, account }: Place): string {
  const parts: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  return template.replace(/\$\{(\w+)\}/g, (_, part: string) => parts[part] ?? name);
}

/** All that IAM may ask for when one thing is touched. */
function shapes(kind: string, arn: string): readonly string[] {
  switch (kind) {
    case 'object':
      return [`${bucketOf(arn)}/*`];
    case 'bucket':
      return [bucketOf(arn)];
    case 'table':
      return [arn, `${tableOf(arn)}/index/*`];
    case 'function': {
      const plain = arn.split(':').slice(0, 7).join(':');
      return [plain, `${plain}:*`];
    }
    case 'secret':
      // IAM appends six characters to a secret's name; a log may tell it with or without them
      return /-[A-Za-z0-9]{6}$/.test(arn) ? [arn] : [`${arn}-??????`];
    case 'log-group':
      return [groupOf(arn), `${groupOf(arn)}:*`];
    case 'log-stream':
      return [`${groupOf(arn)}:log-stream:*`];
    default:
      return [arn];
  }
}

function bucketOf(arn: string): string {
  return arn.split('/')[0] ?? arn;
}

function tableOf(arn: string): string {
  return arn.split('/').slice(0, 2).join('/');
}

function groupOf(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
