#!/usr/bin/env python3
"""Counts CloudTrail records in files and folders, to check `portcullis replay --summary` against.

    python3 test/independent-count.py PATH...              one JSON object per file, then one per PATH
    python3 test/independent-count.py --totals PATH...     only the one per PATH

Written apart from the product, in another language and with the standard library alone, so that the two
do not share a mistake. Reads gzip, JSON, JSON lines and concatenated JSON; unwraps CloudTrail objects,
LookupEvents, EventBridge, CloudWatch Logs subscription data, Kinesis and Firehose events, and wrappers
with the record under `event`, `data`, `record` or `override_record`.

Every record counts once in `read`, under one of `kinds`:
    event            a CloudTrail record with a readable time, an event name and an event source
    unusable         a CloudTrail record without one of them
    function         a line of a Lambda function's log, readable or not
    flow             a flow of a VPC flow log; flow-none: NODATA, SKIPDATA and headers; flow-unusable: one that is damaged
    api              an access log of API Gateway in the format of docs/api-gateway.md; api-unusable: one without time, id or status
    finding          one of GuardDuty or Security Hub that counts; finding-none: archived, a sample, about posture, or our own;
                     finding-unusable: one that is damaged
    insight, digest, control-message, s3-notification, lambda-log, other-log, empty, not-cloudtrail
    broken           a file, or a piece of one, that is not JSON
`unique` counts distinct (recipient account, event id) among events; events without an id are all unique.
In folders, names that end in .json .jsonl .ndjson .log .gz are read, and hidden ones are not.
"""
import base64
import collections
import datetime
import gzip
import ipaddress
import json
import os
import re
import sys

NAMES = re.compile(r'\.(json|jsonl|ndjson|log|gz)$', re.IGNORECASE)
FIELDS = {'eventSource', 'eventName', 'eventTime', 'eventID', 'eventVersion', 'userIdentity', 'awsRegion'}
LAMBDA_LINE = re.compile(
    r'(START|END|REPORT) RequestId: |(INIT|RESTORE)_|XRAY TraceId: |\S+Z\t([0-9a-f-]{36}|undefined)\t|\S+Z [0-9a-f-]{36} Task timed out'
)
FUNCTION_STREAM = re.compile(r'\d{4}/\d\d/\d\d/.+\[(\$LATEST|\d+)\][0-9a-f]{8,64}$')
FLOW_V2 = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split()
BROKEN = object()


def documents(text):
    """Yields every JSON document in a text, or BROKEN for what is none."""
    try:
        yield json.loads(text)
        return
    except ValueError:
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    parsed = []
    for line in lines:
        try:
            parsed.append(json.loads(line))
        except ValueError:
            parsed.append(BROKEN)
    if any(isinstance(p, dict) for p in parsed):
        yield from parsed
        return
    decoder, at, found = json.JSONDecoder(), 0, False
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            document, at = decoder.raw_decode(text, at)
        except ValueError:
            break
        found = True
        yield document
    if at < len(text) or not found:
        yield BROKEN


def flow_columns(line):
    """Columns that a line announces, or those of version 2 where it is one of these; None for any other."""
    cells = [cell.removeprefix('${').removesuffix('}') for cell in line.split()]
    if {'srcaddr', 'dstaddr', 'start', 'end', 'action'} <= set(cells):
        return cells
    fits = len(cells) == 14 and cells[0] == '2' and cells[2].startswith('eni-') and cells[13] in ('OK', 'NODATA', 'SKIPDATA')
    return FLOW_V2 if fits else None


def kind_of_flow(line, columns):
    cells = line.split()
    if len(cells) != len(columns):
        return 'flow-unusable'
    flow = dict(zip(columns, cells))
    if flow.get('log-status') in ('NODATA', 'SKIPDATA'):
        return 'flow-none'
    try:
        ends = [ipaddress.ip_address(flow[f'pkt-{end}addr'] if flow.get(f'pkt-{end}addr', '-') != '-' else flow[f'{end}addr']) for end in ('src', 'dst')]
        sound = len(ends) == 2 and int(flow['start']) <= int(flow['end']) and flow['action'] in ('ACCEPT', 'REJECT')
    except ValueError:
        sound = False
    return 'flow' if sound else 'flow-unusable'


def kinds_of_flow_log(text):
    columns = None
    for line in text.splitlines():
        if not line.strip():
            continue
        announced = flow_columns(line)
        if 'srcaddr' in line.split() or columns is None:
            columns = announced
        yield 'flow-none' if 'srcaddr' in line.split() else kind_of_flow(line, columns)


def kind_of_api(log):
    time, known = str(log.get('requestTimeEpoch', '-')), lambda name: str(log.get(name, '-')) not in ('-', '')
    sound = re.fullmatch(r'\d{9,14}', time) and known('requestId') and re.fullmatch(r'\d{1,3}', str(log.get('status')))
    return 'api' if sound else 'api-unusable'


def kind_of_finding(found):
    """By "GuardDuty finding format", "ASFF syntax" and OCSF's class 2004."""
    if not isinstance(found, dict):
        return 'finding-unusable'
    if found.get('category_uid') == 2:
        name = found.get('metadata', {}).get('product', {}).get('name', '')
        if found.get('class_uid') != 2004 or found.get('status_id') in (3, 4, 5, 6) or name.lower() == 'portcullis':
            return 'finding-none'
        sound = found.get('finding_info', {}).get('uid') and found.get('severity_id') in (1, 2, 3, 4, 5, 6) and found.get('time')
    elif found.get('SchemaVersion') == '2018-10-08':
        kinds = [kind.split('/')[0] for kind in found.get('Types', [])]
        behavior = any(kind in ('TTPs', 'Effects', 'Unusual Behaviors') for kind in kinds)
        hidden = found.get('RecordState') == 'ARCHIVED' or found.get('Workflow', {}).get('Status') in ('SUPPRESSED', 'RESOLVED')
        if hidden or not behavior or 'Compliance' in found or str(found.get('Id')).startswith('portcullis/'):
            return 'finding-none'
        sound = found.get('Id') and found.get('Severity') and re.match(r'\d{4}-\d\d-\d\dT', str(found.get('UpdatedAt')))
    else:
        member = lambda of, name: of.get(name, of.get(name[0].upper() + name[1:]))
        service = member(found, 'service') or {}
        if member(service, 'archived') is True or str(member(found, 'title')).startswith('[SAMPLE]'):
            return 'finding-none'
        severity = member(found, 'severity')
        sound = member(found, 'type') and isinstance(severity, (int, float)) and 0 < severity <= 10 and member(found, 'updatedAt')
    return 'finding' if sound else 'finding-unusable'


def is_finding(value):
    return (
        value.get('category_uid') == 2
        or value.get('SchemaVersion') in ('2018-10-08', '2.0')
        or ':guardduty:' in str(value.get('arn', value.get('Arn', '')))
    )


def kinds_in_bytes(data, outermost):
    if data[:2] == b'\x1f\x8b':
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            yield 'broken', None
            return
    text = data.decode('utf-8-sig', 'replace')
    if not text.strip():
        yield 'empty', None
    elif text.lstrip()[0] not in '[{' and flow_columns(text.splitlines()[0]):
        for kind in kinds_of_flow_log(text):
            yield kind, None
    elif not outermost and text.lstrip()[0] not in '[{':
        yield 'other-log', None
    else:
        for document in documents(text):
            if document is BROKEN:
                yield 'broken', None
            else:
                yield from kinds_in(document)


def kinds_in(value):
    """Yields (kind, key) for every record in a parsed document; key is None but for events."""
    if isinstance(value, list):
        if not value:
            yield 'empty', None
        for item in value:
            yield from kinds_in(item)
        return
    if not isinstance(value, dict):
        yield 'broken', None
        return
    source = value.get('eventSource')
    if isinstance(value.get('kinesis'), dict):
        yield from kinds_in_bytes(base64.b64decode(value['kinesis']['data']), False)
    elif source == 'aws:s3':
        yield 's3-notification', None
    elif not str(source).startswith('aws:') and len(FIELDS & value.keys()) >= 2:
        yield kind_of_record(value)
    elif {'apiId', 'stage', 'requestId', 'httpMethod'} <= value.keys():
        yield kind_of_api(value), None
    elif is_finding(value):
        yield kind_of_finding(value), None
    elif value.get('source') == 'aws.guardduty' and value.get('detail-type') == 'GuardDuty Finding':
        yield kind_of_finding(value.get('detail')), None
    elif value.get('source') == 'aws.securityhub' and 'indings' in value.get('detail-type', ''):
        for found in value['detail']['findings']:
            yield kind_of_finding(found), None
    elif value.get('messageType') == 'CONTROL_MESSAGE':
        yield 'control-message', None
    elif isinstance(value.get('logEvents'), list):
        if not value['logEvents']:
            yield 'empty', None
        group = value.get('logGroup', '')
        of_function = group.startswith('/aws/lambda/') or FUNCTION_STREAM.match(value.get('logStream', ''))
        for line in value['logEvents']:
            if of_function:
                yield 'function', None
            else:
                yield from kinds_in_line(line.get('message', ''), group)
    elif isinstance(value.get('awslogs'), dict):
        yield from kinds_in_bytes(base64.b64decode(value['awslogs']['data']), False)
    elif 'digestStartTime' in value:
        yield 'digest', None
    elif 'detail-type' in value:
        if value['detail-type'].endswith('via CloudTrail'):
            yield from kinds_in(value['detail'])
        else:
            yield 'not-cloudtrail', None
    elif isinstance(value.get('CloudTrailEvent'), str):
        yield from kinds_in(json.loads(value['CloudTrailEvent']))
    elif isinstance(value.get('data'), str) and 'recordId' in value:
        yield from kinds_in_bytes(base64.b64decode(value['data']), False)
    else:
        for key in ('Records', 'Events', 'records', 'Findings', 'findings'):
            if isinstance(value.get(key), list):
                yield from kinds_in(value[key])
                return
        for key in ('event', 'data', 'record', 'override_record'):
            if isinstance(value.get(key), dict):
                yield from kinds_in(value[key])
                return
        yield 'not-cloudtrail', None


def kinds_in_line(message, group):
    try:
        record = json.loads(message)
    except ValueError:
        record = None
    if not group.startswith('/aws/lambda/') and isinstance(record, dict):
        if len(FIELDS & record.keys()) >= 2:
            yield kind_of_record(record)
            return
        if {'apiId', 'stage', 'requestId', 'httpMethod'} <= record.keys():
            yield kind_of_api(record), None
            return
        if 'detail-type' in record:
            yield from kinds_in(record)
            return
    if flow_columns(message) is FLOW_V2:
        yield kind_of_flow(message, FLOW_V2), None
        return
    yield 'lambda-log' if group.startswith('/aws/lambda/') or LAMBDA_LINE.match(message) else 'other-log', None


def kind_of_record(record):
    if record.get('eventType') == 'AwsCloudTrailInsight' or record.get('eventCategory') == 'Insight':
        return 'insight', None
    if not isinstance(record.get('eventName'), str) or not isinstance(record.get('eventSource'), str):
        return 'unusable', None
    time = record.get('eventTime') or record.get('@timestamp')
    try:
        datetime.datetime.fromisoformat(str(time).replace('Z', '+00:00'))
    except ValueError:
        return 'unusable', None
    identity = record.get('userIdentity') or {}
    account = record.get('recipientAccountId') or (identity.get('accountId') if isinstance(identity, dict) else None)
    return 'event', (account, record['eventID']) if record.get('eventID') else object()


def files_in(path):
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith('.'))
        for name in sorted(names):
            if NAMES.search(name) and not name.startswith('.'):
                yield os.path.join(folder, name)


def main(arguments):
    totals_only = '--totals' in arguments
    for path in [a for a in arguments if a != '--totals']:
        total, unique = collections.Counter(), set()
        for file in files_in(path):
            with open(file, 'rb') as handle:
                found = list(kinds_in_bytes(handle.read(), True))
            counts = collections.Counter(kind for kind, _ in found)
            keys = {key for _, key in found if key is not None}
            total += counts
            unique |= keys
            if not totals_only:
                print(json.dumps({'file': file, 'read': sum(counts.values()), 'unique': len(keys), 'kinds': dict(sorted(counts.items()))}))
        print(json.dumps({'path': path, 'read': sum(total.values()), 'unique': len(unique), 'kinds': dict(sorted(total.items()))}))


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
