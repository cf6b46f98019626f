import type { EpochMs } from '@portcullis/event';
import { ReviewInputError } from '../errors.ts';

/** What AWS says of a user's credentials; times that it does not know are absent. */
export interface UserCredentials {
  readonly arn: string;
  readonly account: string;
  readonly root: boolean;
  readonly password: boolean;
  readonly passwordUsedAt: EpochMs | undefined;
  readonly mfa: boolean;
  readonly createdAt: EpochMs | undefined;
  readonly keys: readonly { readonly rotatedAt: EpochMs | undefined; readonly usedAt: EpochMs | undefined }[];
}

/**
 * Reads a credential report: the CSV, or `aws iam get-credential-report --output json` with the CSV in Base64.
 *
 * Only active keys are listed. Columns are found by name, unknown ones are left alone.
 */
export function readCredentialReport(text: string): readonly UserCredentials[] {
  const csv = text.trimStart().startsWith('{') ? contentOf(text) : text;
  const [head = '', ...rows] = csv.split(/\r?\n/).filter((line) => line.trim() !== '');
  const columns = head.split(',');
  for (const needed of ['user', 'arn', 'password_enabled', 'mfa_active', 'access_key_1_active']) {
    if (!columns.includes(needed))
      throw new ReviewInputError(`expected a credential report; it has no column ${needed}`);
  }
  return rows.map((row, index) => {
    // Neither ARNs nor user names can hold a comma that is quoted: IAM allows it in names, and the report does not quote
    const cells = row.split(',');
    const surplus = cells.length - columns.length;
    if (surplus < 0)
      throw new ReviewInputError(`line ${index + 2} has ${cells.length} cells; ${columns.length} are needed`);
    const aligned = surplus === 0 ? cells : realigned(cells, surplus);
    return userOf(new Map(columns.map((name, at) => [name, aligned[at] ?? ''])));
  });
}

/** A comma in the user's name, which stands in its ARN again. */
function realigned(cells: readonly string[], surplus: number): readonly string[] {
  const extra = surplus / 2 + 1;
  return [cells.slice(0, extra).join(','), cells.slice(extra, 2 * extra).join(','), ...cells.slice(2 * extra)];
}

function userOf(row: ReadonlyMap<string, string>): UserCredentials {
  const arn = row.get('arn') ?? '';
  const isOn = (column: string) => row.get(column) === 'true';
  const time = (column: string) => {
    const at = Date.parse(row.get(column) ?? '');
    return Number.isNaN(at) ? undefined : at;
  };
  return {
    arn,
    account: arn.split(':')[4] ?? '',
    root: row.get('user') === '<root_account>',
    password: isOn('password_enabled'),
    passwordUsedAt: time('password_last_used'),
    mfa: isOn('mfa_active'),
    createdAt: time('user_creation_time'),
    keys: [1, 2]
      .filter((number) => isOn(`access_key_${number}_active`))
      .map((number) => ({
        rotatedAt: time(`access_key_${number}_last_rotated`),
        usedAt: time(`access_key_${number}_last_used_date`),
      })),
  };
}

function contentOf(text: string): string {
  try {
    const { Content } = JSON.parse(text) as { readonly Content?: unknown };
    if (typeof Content === 'string') return Buffer.from(Content, 'base64').toString('utf8');
  } catch {
    // Said below
  }
  throw new ReviewInputError('expected a credential report: CSV, or JSON with its Content');
}
