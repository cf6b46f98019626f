import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { type LogFile, logFilePath } from '../delivery/log-file.ts';
import { type Random, randomStream } from '../random.ts';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import { awsService, type Caller, iamUser, roleSession, through } from '../record/caller.ts';
import { type Call, type CloudTrailRecord, cloudTrailRecord, type JsonObject } from '../record/cloudtrail-record.ts';
import { type MixRow, RECORD_MIX } from './record-mix.ts';

export interface LoadOptions {
  readonly records: number;
  readonly actors: number;
  readonly hours: number;
  readonly recordsPerFile: number;
  /**
   * Kinds of call that one actor ever makes. Real principals repeat themselves, so a dozen is much;
   * `all` follows the mix to the letter but has everybody do everything.
   */
  readonly kindsPerActor: number | 'all';
}

/** An actor of the load and the few kinds of call it ever makes. */
interface LoadActor {
  readonly caller: Caller;
  readonly repertoire: readonly MixRow[];
}

const ACCOUNT: Account = { id: '123456789012', region: 'us-east-1' };
const STARTS_AT = Date.UTC(2026, 4, 4);
/** Share of records by the busiest fifth of the actors; the rest is spread over all in turn. */
const BUSY_SHARE = 0.5;
const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.18.0 (+https://www.terraform.io/docs/providers/hashicorp/aws) aws-sdk-go-v2/1.39.4 ua/2.1 os/linux lang/go#1.24.8 md/GOOS#linux md/GOARCH#amd64';

/**
 * A load for measuring speed and memory: evenly paced records whose event names and identity types
 * occur as often as in `RECORD_MIX`, in files of equal size. Holds one file at a time.
 *
 * The same options but for `records` give the same actors with the same habits over the same hours.
 */
export function* mixedLoad(
  { records, actors, hours, recordsPerFile, kindsPerActor }: LoadOptions,
  seed: number,
): Generator<LogFile> {
  const random = randomStream(seed, 'load');
  const everybody = Array.from({ length: actors }, (_, number) => loadActor(number, kindsPerActor, seed));
  const busiest = everybody.slice(0, Math.max(1, Math.floor(actors / 5)));
  const stepMs = (hours * HOUR_MS) / records;

  let file: CloudTrailRecord[] = [];
  for (let index = 0; index < records; index++) {
    const actor = random.chance(BUSY_SHARE) ? random.pick(busiest) : everybody[index % actors];
    if (actor === undefined) continue;
    const time = STARTS_AT + index * stepMs;
    file.push(loadRecord(actor, time, random));
    if (file.length === recordsPerFile || index === records - 1) {
      const path = logFilePath(ACCOUNT.id, ACCOUNT.region, time + 5 * 60_000, random);
      yield { path, records: random.shuffled(file) };
      file = [];
    }
  }
}

function loadActor(number: number, kinds: LoadOptions['kindsPerActor'], seed: number): LoadActor {
  const random = randomStream(seed, 'actor', number);
  const { identity, via } = sortOf(number);
  const alike = RECORD_MIX.filter((row) => row.identity === identity && row.via === via);
  const drawn = () => ({ ...random.weighted(alike), weight: 1 });
  const caller = callerOf(identity, number, random);
  return {
    caller: via ? through(caller, via) : caller,
    repertoire: kinds === 'all' ? alike : Array.from({ length: kinds }, drawn),
  };
}

/**
 * Identity type of the actor with this number, and the service that calls for it.
 *
 * A call through a service counts as an actor of its own, so one actor does either. The sorts are spread
 * evenly over the numbers (golden-ratio sequence), each as often as in the mix.
 */
function sortOf(number: number): Pick<MixRow, 'identity' | 'via'> {
  const rows = RECORD_MIX.toSorted((a, b) => (`${a.identity} ${a.via}` < `${b.identity} ${b.via}` ? -1 : 1));
  const whole = rows.reduce((sum, { weight }) => sum + weight, 0);
  let left = ((number * 0.6180339887498949) % 1) * whole;
  for (const row of rows) {
    left -= row.weight;
    if (left < 0) return row;
  }
  return { identity: 'IAMUser', via: '' };
}

function callerOf(identity: MixRow['identity'], number: number, random: Random): Caller {
  const address = `52.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
  if (identity === 'IAMUser') return iamUser(ACCOUNT, `deployer-${number}`, { address, userAgent: TERRAFORM });
  if (identity === 'AWSService') return awsService(ACCOUNT, `service-${number}.amazonaws.com`);
  return roleSession(
    ACCOUNT,
    {
      roleName: `workload-${number}`,
      sessionName: `i-${random.hex(17)}`,
      accessKeyId: accessKeyIdOf('ASIA', number),
      since: STARTS_AT - DAY_MS,
      fromInstance: true,
    },
    { address, userAgent: 'aws-sdk-go/1.55.8 (go1.24.6; linux; arm64) amazon-ssm-agent/3.3.3050.0' },
  );
}

function loadRecord({ caller, repertoire }: LoadActor, time: EpochMs, random: Random): CloudTrailRecord {
  const row = random.weighted(repertoire);
  return cloudTrailRecord(row.via ? through(caller, row.via) : caller, loadCall(row, random), time, random);
}

/** A plausible request; each actor comes back to a handful of resources. */
function loadCall({ service, name }: MixRow, random: Random): Call {
  const readOnly = /^(Get|List|Describe|Decrypt|AssumeRole)/.test(name);
  const resource = `${service}-resource-${random.int(0, 31)}`;
  const request: JsonObject = {
    [`${service}Name`]: resource,
    resourceArn: arnOf(ACCOUNT, service, `resource/${resource}`),
    filterSet: { items: [{ name: 'tag:Environment', valueSet: { items: [{ value: 'production' }] } }] },
  };
  const denied = random.chance(0.03);
  return {
    service,
    name,
    readOnly,
    request,
    ...(denied && { error: { code: 'AccessDenied', message: `not authorized to perform: ${service}:${name}` } }),
    ...(!readOnly && !denied && { response: { requestId: random.uuid(), _return: true } }),
  };
}
