import type { FindingEvent } from '@portcullis/event';
import { eventTimeOf } from '../cloudtrail/event-time.ts';
import type { NotAnEvent } from '../cloudtrail/not-an-event.ts';
import { accountOf, accountOfArn, MAX_TOKEN, textOf } from '../cloudtrail/record.ts';
import type { JsonObject } from '../envelopes/json.ts';
import type { RejectReason } from '../outcome.ts';
import { readAsff } from './asff.ts';
import { createFindingActor } from './finding-actor.ts';
import { findingForm } from './finding-form.ts';
import { readGuardDuty } from './guardduty.ts';
import { readOcsf } from './ocsf.ts';
import type { RawFinding, ReadForm } from './raw-finding.ts';

/** Ids of Security Hub end at 512. */
const MAX_ID = 512;
const MAX_TYPE = 128;
const MAX_PRODUCT = 64;

/** What types and products are made of; whatever else stands in one is prose, or wants to look like something it is not. */
const NOT_A_NAME = /[^\w .:/&!()+-]/g;

/**
 * Makes a reader of findings of security services, in whatever form.
 *
 * Titles, descriptions and whatever else is prose is not kept. What is archived, made as a sample, about how things are set up rather
 * than what somebody did, or an alert of our own, is skipped by that name.
 */
export function createReadFinding(): (finding: JsonObject) => FindingEvent | NotAnEvent {
  const findingActor = createFindingActor();

  return function readFinding(finding) {
    const raw = readForm(finding);
    if (isRaw(raw)) return eventOf(raw);
    return raw;
  };

  function eventOf(raw: RawFinding): FindingEvent | NotAnEvent {
    const time = eventTimeOf(raw.updatedAt);
    if (Number.isNaN(time)) {
      return raw.updatedAt === undefined
        ? rejected('missing-event-time', 'a finding without the time of its update')
        : rejected('invalid-event-time', 'the update of a finding is no time between 2005 and 2100');
    }
    const finding = textOf(raw.id, MAX_ID);
    const type = nameOf(raw.type, MAX_TYPE);
    const account = accountOf(raw.account) || accountOfArn(finding);
    if (finding === '' || type === '' || account === '' || raw.severity === undefined) {
      return rejected('invalid-finding', `a finding without ${missing(finding, type, account)}`);
    }
    return {
      source: 'finding',
      id: `${finding} ${time}`,
      time,
      account,
      region: textOf(raw.region, MAX_TOKEN) || 'unknown',
      ...findingActor(raw.subjects, account),
      finding,
      product: nameOf(raw.product, MAX_PRODUCT) || 'unknown',
      type,
      severity: raw.severity,
    };
  }
}

function readForm(finding: JsonObject): ReadForm {
  switch (findingForm(finding)) {
    case 'ocsf':
      return readOcsf(finding);
    case 'asff':
      return readAsff(finding);
    case 'guardduty':
      return readGuardDuty(finding);
    default:
      return rejected('invalid-finding', 'neither a finding of GuardDuty, nor in ASFF, nor in OCSF');
  }
}

function isRaw(form: ReadForm): form is RawFinding {
  return !('kind' in form);
}

function missing(finding: string, type: string, account: string): string {
  if (finding === '') return 'an id';
  if (type === '') return 'a type';
  return account === '' ? 'an account' : 'a severity that its form knows';
}

function nameOf(value: unknown, most: number): string {
  return textOf(value, most).replace(NOT_A_NAME, '').trim();
}

function rejected(reason: RejectReason, message: string): NotAnEvent {
  return { kind: 'rejected', reason, message };
}
