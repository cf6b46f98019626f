/// <reference path="../.sst/platform/config.d.ts" />
import { account, type Text } from './deployment.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, Text | readonly Text[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: Text | readonly Text[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Text | readonly Text[]>>>>;
}

export function policy(...statements: readonly Statement[]) {
  return $jsonStringify({ Version: '2012-10-17', Statement: statements });
}

/** Who may take up a role: one service, under these conditions. */
export function trust(service: string, Condition?: Statement['Condition']) {
  return policy({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  });
}

/** On behalf of nobody else, for services that say on whose behalf they come. */
export const OWN_ACCOUNT: Statement['Condition'] = { StringEquals: { 'aws:SourceAccount': account } };

/** Refuses what comes over plain HTTP, whoever asks. */
export function tlsOnly(actions: string | readonly string[], resources: Text | readonly Text[]): Statement {
  return {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
