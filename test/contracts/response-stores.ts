import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { createClients, createTable, TABLES } from '@portcullis/aws';
import {
  dynamoLedger,
  looksIn,
  readResponsePolicy,
  responsePolicyParameter,
  ssmKillSwitch,
} from '@portcullis/aws/response';
import { ConfigurationError, parseResponsePolicy } from '@portcullis/config';
import { isoTime } from '@portcullis/event';
import { ledgerContract } from '@portcullis/respond/ledger-contract';
import { looksContract } from '@portcullis/respond/looks-contract';
import { describe, expect, it } from 'vitest';
import { REGION } from './response-callers.ts';

/** What a response keeps and reads of its deployment. @param endpoint - of a server that plays AWS */
export function responseStoresSuite(endpoint: () => string): void {
  describe('the ledger on DynamoDB', () => {
    let made = 0;
    ledgerContract(async () => {
      const { dynamo } = createClients({ region: REGION, endpoint: endpoint() });
      const tables = { ledger: `ledger-${made}`, control: `control-${made++}` };
      await createTable({ dynamo }, tables.ledger, TABLES.ledger);
      await createTable({ dynamo }, tables.control, TABLES.control);
      return dynamoLedger(dynamo, tables);
    });
  });

  describe('what a deployment says', () => {
    const parameter = '/portcullis/kill-switch';
    const put = async (Name: string, Value: string) => {
      const { ssm } = createClients({ region: REGION, endpoint: endpoint() });
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
      return ssm;
    };

    it.each([
      { value: 'armed', says: 'armed' },
      { value: 'Armed', says: 'stopped' },
      { value: 'stopped', says: 'stopped' },
    ])('$value: the kill switch is $says', async ({ value, says }) => {
      expect(await ssmKillSwitch(await put(parameter, value), parameter)()).toBe(says);
    });

    it('nothing: a kill switch that is gone or cannot be read counts as set', async () => {
      const ssm = await put(parameter, 'armed');
      const nobody = createClients({ region: REGION, endpoint: 'http://127.0.0.1:9' });

      expect(await ssmKillSwitch(ssm, '/no/such')()).toBe('stopped');
      expect(await ssmKillSwitch(nobody.ssm, parameter)()).toBe('stopped');
    });

    it('the policy as it was written, and never a half of it', async () => {
      const input = { rules: [{ id: 'ask', mode: 'approve' }] } as const;
      const ssm = await put('/portcullis/policy', responsePolicyParameter(input));

      expect(await readResponsePolicy(ssm, '/portcullis/policy')).toEqual(parseResponsePolicy(input, 'test'));
      await expect(readResponsePolicy(ssm, '/no/such')).rejects.toThrow(ConfigurationError);
      await put('/portcullis/policy', responsePolicyParameter(input).replace('approve', 'block'));
      await expect(readResponsePolicy(ssm, '/portcullis/policy')).rejects.toThrow('rules.0.mode');
    });
  });

  describe('looks at accounts on S3', () => {
    let made = 0;
    const bucketOf = async () => {
      const { s3 } = createClients({ region: REGION, endpoint: endpoint() });
      const Bucket = `looks-${made++}`;
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));
      return { s3, Bucket };
    };

    looksContract(async () => {
      const { s3, Bucket } = await bucketOf();
      return looksIn(s3, Bucket);
    });

    it('reads a look once, however often it is asked for', async () => {
      const { s3, Bucket } = await bucketOf();
      const looks = looksIn(s3, Bucket);
      const at = Date.UTC(2026, 10, 25);
      const look = { account: '111122223333', collectedAt: isoTime(at), principals: [], policyVersions: {} };
      await looks.put(look);
      await looks.before(look.account, at);
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      for (const { Key } of Contents) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'not read again' }));

      expect(Contents.map(({ Key }) => Key)).toEqual(['response/facts/111122223333/2026-11-25T00:00:00.000Z.json.gz']);
      expect(await looks.before(look.account, at)).toEqual(look);
      await expect(looksIn(s3, Bucket).before(look.account, at)).rejects.toThrow();
    });
  });
}
