import type { Json } from '../policy/json.ts';
import { policyDocument, type Statement } from '../policy/statement.ts';

/** Characters of a managed policy, blanks aside; a role's inline policies have 10,240 together. */
const MAX_POLICY_CHARACTERS = 6144;

export type PolicyDocument = Readonly<Record<string, Json>>;

/** Statements as policy documents within IAM's size, in their order; a statement that is too long alone is cut in two. */
export function policyDocuments(statements: readonly Statement[]): readonly PolicyDocument[] {
  const documents: Statement[][] = [];
  let open: Statement[] = [];
  for (const statement of statements.flatMap(fitting)) {
    if (open.length > 0 && sizeOf([...open, statement]) > MAX_POLICY_CHARACTERS) {
      documents.push(open);
      open = [];
    }
    open.push(statement);
  }
  if (open.length > 0) documents.push(open);
  return documents.map(policyDocument);
}

function fitting(statement: Statement): readonly Statement[] {
  if (sizeOf([statement]) <= MAX_POLICY_CHARACTERS) return [statement];
  const { actions = [], resources = [] } = statement;
  const field = actions.length > resources.length ? 'actions' : 'resources';
  const list = field === 'actions' ? actions : resources;
  // What says all but a few cannot be cut
  if (list.length < 2 || statement.effect === 'Deny') return [statement];
  const pieces: string[][] = [];
  let left = 0;
  for (const text of list) {
    left -= text.length + 3;
    if (left < 0) {
      pieces.push([]);
      left = MAX_POLICY_CHARACTERS - sizeOf([{ ...statement, [field]: [] }]) - text.length - 3;
    }
    pieces.at(-1)?.push(text);
  }
  return pieces.map((piece) => ({ ...statement, [field]: piece }));
}

function sizeOf(statements: readonly Statement[]): number {
  return JSON.stringify(policyDocument(statements)).length;
}
