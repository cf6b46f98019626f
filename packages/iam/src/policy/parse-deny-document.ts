import { isArnPattern } from './arn-pattern.ts';
import { CONDITIONS } from './conditions.ts';
import { type DenyDocument, documentText } from './deny-document.ts';

/** Characters of a managed policy, white space not counted. Source: IAM user guide, "IAM and AWS STS quotas". */
export const MAX_MANAGED_POLICY = 6144;
/** Source: Organizations user guide, "Quotas"; bytes, which for us are characters. */
export const MAX_SERVICE_CONTROL_POLICY = 5120;

/** A text that is no document of ours says why. */
export type ParsedDocument =
  | { readonly kind: 'accepted'; readonly document: DenyDocument; readonly text: string }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

const MEMBERS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'Condition']);
const ACTION = /^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;
const SID = /^[A-Za-z0-9]{1,64}$/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Accepts what we may mint or attach, and nothing else: each statement a Deny, within the grammar, within the size.
 *
 * Applied to what we make and to what is read back: IAM returns what it was given.
 *
 * @param value - a document, or its text
 */
export function parseDenyDocument(value: unknown, maxLength: number = MAX_MANAGED_POLICY): ParsedDocument {
  const document = typeof value === 'string' ? parsedJson(value) : value;
  const problems = documentProblems(document);
  if (problems.length > 0) return { kind: 'refused', problems };
  const accepted = document as DenyDocument;
  const text = documentText(accepted);
  if (!ASCII.test(text)) return { kind: 'refused', problems: ['takes plain ASCII only'] };
  if (text.length > maxLength) {
    return { kind: 'refused', problems: [`has ${text.length} characters; ${maxLength} are allowed`] };
  }
  return { kind: 'accepted', document: accepted, text };
}

function documentProblems(document: unknown): readonly string[] {
  if (!isRecord(document)) return ['is no policy document'];
  const unknown = Object.keys(document).filter((name) => name !== 'Version' && name !== 'Statement');
  const { Version, Statement } = document;
  if (unknown.length > 0) return [`has members we do not write: ${unknown.join(', ')}`];
  if (Version !== '2012-10-17') return ['takes Version 2012-10-17'];
  if (!Array.isArray(Statement) || Statement.length === 0) return ['takes a list of statements'];
  return Statement.flatMap((statement: unknown, index) =>
    statementProblems(statement).map((problem) => `statement ${index + 1} ${problem}`),
  );
}

function statementProblems(statement: unknown): readonly string[] {
  if (!isRecord(statement)) return ['is no statement'];
  const { Sid, Effect, Action, NotAction, Resource, Condition } = statement;
  const problems: string[] = [];
  if (Effect !== 'Deny') problems.push('does not deny');
  if (typeof Sid !== 'string' || !SID.test(Sid)) problems.push('takes a Sid of letters and digits');
  const unknown = Object.keys(statement).filter((name) => !MEMBERS.has(name));
  if (unknown.length > 0) problems.push(`has members we do not write: ${unknown.join(', ')}`);
  if ((Action === undefined) === (NotAction === undefined)) problems.push('takes either Action or NotAction');
  for (const actions of [Action, NotAction]) {
    if (actions !== undefined && !isListOf(actions, (text) => ACTION.test(text))) problems.push('names no actions');
  }
  if (NotAction !== undefined && Condition === undefined) problems.push('takes NotAction beside a condition only');
  if (!isListOf(Resource, (text) => text === '*' || isArnPattern(text))) problems.push('names no resources');
  if (Condition !== undefined) problems.push(...conditionProblems(Condition));
  return problems;
}

function conditionProblems(conditions: unknown): readonly string[] {
  if (!isRecord(conditions) || Object.keys(conditions).length === 0) return ['takes conditions by operator'];
  return Object.entries(conditions).flatMap(([operator, byKey]) => {
    const condition = Object.hasOwn(CONDITIONS, operator) ? CONDITIONS[operator] : undefined;
    if (condition === undefined) return [`has an operator we do not write: ${operator}`];
    if (!isRecord(byKey) || Object.keys(byKey).length === 0) return [`takes context keys beside ${operator}`];
    return Object.entries(byKey).flatMap(([key, values]) => {
      if (!condition.keys.includes(key)) return [`has a condition we do not write: ${operator} ${key}`];
      return isListOf(values, condition.isValue) ? [] : [`has values that ${operator} ${key} does not take`];
    });
  });
}

function isListOf(value: unknown, isValid: (text: string) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string' && isValid(text));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
