import { describe, expect, it } from 'vitest';
import { JsonBytes } from '../scan/json-bytes.ts';
import { ScannedObject } from '../scan/scanned-object.ts';
import { MAX_DEPTH } from '../scan/value-end.ts';
import { RECORDS } from '../testing/containers.ts';
import { choicesFrom } from '../testing/mutate.ts';
import { wrongJson } from '../testing/wrong-json.ts';
import type { CloudTrailRecord } from './record.ts';
import { ScannedRecord } from './scanned-record.ts';

const READ: readonly (keyof CloudTrailRecord)[] = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  '@timestamp',
  'eventSource',
  'eventName',
  'eventID',
  'eventType',
  'eventCategory',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'recipientAccountId',
  'recipientAccountID',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'resources',
  'sessionCredentialFromConsole',
];

/** Undefined where the bytes are not one record that can be scanned. */
function placed(scanned: ScannedRecord, bytes: Buffer): ScannedRecord | undefined {
  const json = new JsonBytes(Buffer.concat([Buffer.from(' '), bytes]));
  return scanned.place(json, 1, MAX_DEPTH) === json.bytes.length ? scanned : undefined;
}

function fieldsOf(record: CloudTrailRecord): Record<string, unknown> {
  return Object.fromEntries(READ.map((name) => [name, plain(record[name])]));
}

function plain(value: unknown): unknown {
  return value instanceof ScannedObject ? value.parse() : value;
}

function parsed(bytes: Buffer): CloudTrailRecord {
  const record = JSON.parse(bytes.toString());
  return Object.fromEntries(READ.map((name) => [name, Object.getOwnPropertyDescriptor(record, name)?.value]));
}

describe('ScannedRecord', () => {
  it('has the fields that JSON.parse gives, record after record', () => {
    const scanned = new ScannedRecord();
    for (const record of [...RECORDS, ...RECORDS]) {
      const bytes = Buffer.from(JSON.stringify(record));
      const found = placed(scanned, bytes);

      expect(found && fieldsOf(found)).toEqual(parsed(bytes));
      expect(found?.parse()).toEqual(record);
    }
  });

  it.each([
    { text: '{"eventName":"A","eventName":"B"}', why: 'the last of two counts' },
    { text: '{"eventName":"A","eventName":null}', why: 'of whatever type' },
    { text: '{"userIdentity":{"type":"A"},"userIdentity":"x"}', why: 'an object and a text of one name' },
    { text: '{"__proto__":{"eventName":"A"},"constructor":1}', why: 'names that objects have of their own' },
    { text: '{"eventName":"\\u0041\\n\\"","eventID":"\\ud83d\\ude00","eventTime":"\\u0032"}', why: 'escapes in texts' },
    { text: '{"eventName":"Zoë 東京 🚀","eventID":"ä"}', why: 'letters beyond ASCII' },
    {
      text: '{"eventName":1.5e3,"eventSource":true,"eventID":false,"eventTime":null,"awsRegion":[1,{}]}',
      why: 'types',
    },
    { text: `{"userAgent":"${'x'.repeat(5000)}","eventName":""}`, why: 'a text too long to be remembered' },
    { text: `{${'k'.repeat(300).replace(/^.*$/, '"$&":1,')}"eventName":"A"}`, why: 'a key too long to be remembered' },
    { text: `{"requestParameters":{${'"a":1,'.repeat(300)}"a":2}}`, why: 'more parameters than are listed' },
  ])('reads $why', ({ text }) => {
    const found = placed(new ScannedRecord(), Buffer.from(text));

    expect(found && fieldsOf(found)).toEqual(parsed(Buffer.from(text)));
  });

  it.each(['{}', '[]', '1', '{"eventName":"A",}', '{"event\\u004eame":"A"}', '{"eventName" :"A"}', '{"eventName":"A"'])(
    'leaves %s to others',
    (text) => {
      expect(placed(new ScannedRecord(), Buffer.from(text))).toBeUndefined();
    },
  );

  it('gives single parameters as JSON.parse does', () => {
    const request = { roleName: 'a', list: [1], nested: { a: null }, yes: true, no: false, none: null, text: 'ä"\\' };
    const text = `{"requestParameters":${JSON.stringify(request).replace('{', '{"roleName":"first",')}}`;
    const parameters = placed(new ScannedRecord(), Buffer.from(text))?.requestParameters;

    if (!(parameters instanceof ScannedObject)) throw new Error('expected an object in its text');
    for (const [name, value] of Object.entries(request)) expect(parameters.get(name)).toEqual(value);
    expect(parameters.get('absent')).toBeUndefined();
  });

  it('is as strict as JSON.parse, and agrees with it, on 5,000 damaged records', () => {
    const scanned = new ScannedRecord();
    let read = 0;
    for (let seed = 0; seed < 5000; seed++) {
      const choices = choicesFrom(seed);
      const bytes = wrongJson(choices, Buffer.from(JSON.stringify(choices.oneOf(RECORDS))));
      const found = placed(scanned, bytes);
      if (found === undefined) continue;
      read += 1;
      expect(fieldsOf(found), `seed ${seed}`).toEqual(parsed(bytes));
    }
    expect(read).toBeGreaterThan(1000);
  });

  it('lets go of the bytes', () => {
    const scanned = new ScannedRecord();
    placed(scanned, Buffer.from(JSON.stringify(RECORDS[0])));
    scanned.leave();

    expect(fieldsOf(scanned)).toEqual({});
    expect(() => scanned.parse()).toThrow(SyntaxError);
  });
});
