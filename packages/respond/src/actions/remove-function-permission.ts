import type { ApiCall, Json, JsonObject } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { canonicalText } from '../cut-state.ts';
import { type Action, isObject, listAt, objectAt, obstacle, shown, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'remove-function-permission' }>;

/** Conditions that `AddPermission` can write, by its parameter. */
const PARAMETERS: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  SourceArn: ['ArnLike', 'AWS:SourceArn'],
  SourceAccount: ['StringEquals', 'AWS:SourceAccount'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
};

/**
 * Takes one statement out of a function's policy: the one that lets the grantee in.
 *
 * Only where a single statement does, and `AddPermission` could write it again.
 */
export const removeFunctionPermission: Action<Details> = {
  preconditions: [
    'exactly one statement lets the grantee in',
    'AddPermission can write that statement again, so that it can be put back',
  ],
  verification: 'no statement lets the grantee in any more',
  operations: { look: ['lambda:GetPolicy'], apply: ['lambda:RemovePermission'], revert: ['lambda:AddPermission'] },
  async look({ function: FunctionName, grantee }, _, ask) {
    const policy = textAt(await shown(ask, 'lambda:GetPolicy', { FunctionName }), 'Policy');
    const statements = policy === '' ? [] : listAt(JSON.parse(policy) as Json, 'Statement');
    const letting = statements.filter((statement) => letsIn(statement, grantee));
    return { state: { statements: letting.map((statement) => canonicalText(statement)).sort() } };
  },
  intend(details, _, { state }) {
    const [text, ...more] = statementsOf(state.statements);
    if (text === undefined) return obstacle('no-statement', 'no statement lets the grantee in');
    if (more.length > 0) return obstacle('several-statements', 'several statements let the grantee in');
    const statement = parsed(text);
    if (permissionFor(details, statement) === undefined) {
      return obstacle('not-restorable', 'AddPermission could not write the statement again');
    }
    return {
      kind: 'calls',
      calls: [
        {
          operation: 'lambda:RemovePermission',
          power: 'attach',
          input: { FunctionName: details.function, StatementId: textAt(statement, 'Sid') },
        },
      ],
      after: { statements: [] },
    };
  },
  revert(details, _, before, found) {
    if (statementsOf(found.statements).length > 0) return [];
    return statementsOf(before.statements).flatMap((text): readonly ApiCall[] => {
      const input = permissionFor(details, parsed(text));
      return input === undefined ? [] : [{ operation: 'lambda:AddPermission', power: 'revert', input }];
    });
  },
};

function letsIn(statement: JsonObject, grantee: string): boolean {
  const { Principal: principal } = statement;
  if (statement.Effect !== 'Allow') return false;
  const named = isObject(principal) ? Object.values(principal).flat() : [principal];
  const account = /^\d{12}$/.test(grantee) ? `arn:aws:iam::${grantee}:root` : grantee;
  return named.some(
    (name) => name === grantee || name === account || (typeof name === 'string' && name === account.split(':')[4]),
  );
}

/** What `AddPermission` takes for a statement; `undefined` where it says more than that can. */
function permissionFor({ function: FunctionName }: Details, statement: JsonObject): JsonObject | undefined {
  const { Principal: principal, Action: action, Condition: _, Resource: resource, ...rest } = statement;
  const named = isObject(principal) ? Object.values(principal) : [principal];
  const [name] = named;
  const isPlain =
    named.length === 1 &&
    typeof name === 'string' &&
    typeof action === 'string' &&
    resource === FunctionName &&
    Object.keys(rest).every((member) => member === 'Sid' || member === 'Effect');
  const conditions = conditionsFor(objectAt(statement, 'Condition'));
  if (!isPlain || conditions === undefined) return undefined;
  return { FunctionName, StatementId: textAt(statement, 'Sid'), Action: action, Principal: name, ...conditions };
}

function conditionsFor(conditions: JsonObject): JsonObject | undefined {
  const written: Record<string, Json> = {};
  for (const [operator, byKey] of Object.entries(conditions)) {
    for (const [key, value] of Object.entries(isObject(byKey) ? byKey : {})) {
      const parameter = Object.entries(PARAMETERS).find(
        ([, [known, name]]) => known === operator && name.toLowerCase() === key.toLowerCase(),
      )?.[0];
      if (parameter === undefined || typeof value !== 'string') return undefined;
      written[parameter] = value;
    }
  }
  return written;
}

function statementsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function parsed(text: string): JsonObject {
  return objectAt({ statement: JSON.parse(text) as Json }, 'statement');
}
