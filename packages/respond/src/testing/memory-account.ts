import { type DenyVerdict, evaluateDeny, type PolicyRequest, parseDenyDocument } from '@portcullis/iam';
import { POLICY_PATH } from '../actions/attach-deny-policy.ts';
import type { Answer, ApiCall } from '../api-call.ts';
import type { CallAws } from '../ports.ts';
import { POWERS } from '../powers.ts';
import type { AccountModel } from './account-model.ts';
import { refusal } from './answers.ts';
import { ec2Operations } from './ec2-operations.ts';
import { iamOperations } from './iam-operations.ts';
import { lambdaOperations } from './lambda-operations.ts';
import { organizationOperations } from './organization-operations.ts';

/** Says no to a call, or lets it through. */
export type Refuse = (call: ApiCall, count: number) => string | undefined;

/**
 * An account in memory that can be cut, read back and reverted, and that refuses what a role of ours may not do.
 *
 * Enough of IAM, Lambda and the others for what the actions use; what they do not use is not there.
 */
export interface MemoryAccount {
  readonly model: AccountModel;
  readonly call: CallAws;
  /** All calls that change something, in order, refused ones too. */
  readonly calls: ApiCall[];
  /** Says no to calls from now on, by code. */
  refuse: Refuse;
  /** Whether the policies on a principal deny a request. */
  denies(principalArn: string, request: PolicyRequest): DenyVerdict;
}

/** One operation on the model; throws nothing. */
export type Perform = (model: AccountModel, input: ApiCall['input']) => Answer;

const OPERATIONS: Readonly<Record<string, Perform>> = {
  ...iamOperations,
  ...lambdaOperations,
  ...ec2Operations,
  ...organizationOperations,
};

export function memoryAccount(model: AccountModel): MemoryAccount {
  let count = 0;
  const account: MemoryAccount = {
    model,
    calls: [],
    refuse: () => undefined,
    call(call) {
      if (call.power !== 'look') account.calls.push(call);
      const code = account.refuse(call, count++) ?? beyondPower(call);
      if (code !== undefined) return Promise.resolve(refusal(code));
      const perform = OPERATIONS[call.operation];
      return Promise.resolve(perform === undefined ? refusal('NotImplemented') : perform(model, call.input));
    },
    denies: (principalArn, request) => denies(model, principalArn, request),
  };
  return account;
}

/** What the four roles may not do, as their own policies would say it. */
function beyondPower({ operation, power, input }: ApiCall): string | undefined {
  if (!POWERS[power].includes(operation)) return 'AccessDenied';
  if (power === 'look' || power === 'edit') return undefined;
  const { PolicyArn: arn, Path: path, PolicyDocument: document } = input;
  if (operation.startsWith('iam:') && operation !== 'iam:UpdateAccessKey') {
    const isOurs = path === POLICY_PATH || (typeof arn === 'string' && arn.includes(`:policy${POLICY_PATH}`));
    if (!isOurs) return 'AccessDenied';
  }
  if (operation === 'iam:CreatePolicy' && parseDenyDocument(document).kind !== 'accepted') return 'AccessDenied';
  if (operation === 'iam:UpdateAccessKey' && power === 'attach' && input.Status !== 'Inactive') return 'AccessDenied';
  if (operation === 'lambda:PutFunctionConcurrency' && power === 'attach' && input.ReservedConcurrentExecutions !== 0) {
    return 'AccessDenied';
  }
  return undefined;
}

function denies(model: AccountModel, principalArn: string, request: PolicyRequest): DenyVerdict {
  const principal = [...Object.values(model.roles), ...Object.values(model.users)].find(
    ({ arn }) => arn === principalArn,
  );
  const verdicts = (principal?.attached ?? []).map((arn) => {
    const policy = model.policies[arn];
    const parsed = parseDenyDocument(policy?.versions[policy.defaultVersion] ?? '');
    return parsed.kind === 'accepted' ? evaluateDeny(parsed.document, request) : 'not-denied';
  });
  if (verdicts.includes('denied')) return 'denied';
  return verdicts.includes('undecided') ? 'undecided' : 'not-denied';
}
