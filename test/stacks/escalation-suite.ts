import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { evaluateDeny, fitsWildcard, parseDenyDocument } from '@portcullis/iam';
import { beforeAll, describe, expect, it } from 'vitest';
import { memberTemplate } from '../../stacks/members/member-template.ts';
import { type AskedPower, escalationPaths, NEVER_TOUCHED, type Step } from './escalation-paths.ts';
import { type Created, list, type Statement, synthesize } from './synthesized.ts';

const HOME = '123456789012';
const MEMBER = '210987654321';
const POWERS: readonly AskedPower[] = ['mint', 'attach', 'revert', 'edit'];
const ROLES = { mint: 'MintRole', attach: 'AttachRole', revert: 'RevertRole', edit: 'EditRole' } as const;

/** A principal and all that it is allowed and denied, as it would be deployed. */
interface Identity {
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** What the four roles can do, asked of another implementation of IAM, and of our own matcher where that knows. */
export function testEscalation(): void {
  describe.each([
    { where: 'at home', account: HOME },
    { where: 'in a member', account: MEMBER },
  ])('escalation $where', ({ account }) => {
    let identities: Readonly<Record<AskedPower, readonly Identity[]>>;
    beforeAll(() => {
      const created = synthesize('production', 'response');
      const of = (power: AskedPower): readonly Identity[] =>
        account === HOME ? [homeRole(created, power), homeFunction(created, power)] : [memberRole(power)];
      identities = { mint: of('mint'), attach: of('attach'), revert: of('revert'), edit: of('edit') };
    });
    const paths = escalationPaths(account);

    it.each(paths)('$path: nobody, or the exceptions that are named ($why)', ({ steps, open }) => {
      const allowed = POWERS.filter((power) =>
        steps.every((step) => identities[power].some((identity) => isAllowed(identity, step, account))),
      );

      expect(allowed).toEqual([...(open?.to ?? [])]);
    });

    it.each(POWERS)('our own matcher says the same of what is denied to %s', (power) => {
      for (const identity of identities[power]) {
        for (const { path: name, steps } of paths) {
          for (const step of steps)
            expect(ownVerdict(identity, step), name).toBe(simulatedDenial(identity, step, account));
        }
      }
    });

    it.each(NEVER_TOUCHED)('%s is changed by nobody', (name) => {
      const ours = `arn:aws:iam::${account}:policy/portcullis/incident/x`;
      const on = `arn:aws:iam::${account}:${name}`;
      for (const power of POWERS) {
        for (const identity of identities[power]) {
          const actions = identity.statements.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? list(Action) : []));
          for (const action of actions.filter((one) => /^iam:.*(?:Role|User|AccessKey|Group)/.test(one))) {
            expect(isAllowed(identity, [action, on, { 'iam:PolicyARN': ours }], account), `${power} ${action}`).toBe(
              false,
            );
          }
        }
      }
    });

    it.each([
      { power: 'mint', step: ['iam:CreatePolicy', `arn:aws:iam::${account}:policy/portcullis/incident/x`] },
      {
        power: 'attach',
        step: [
          'iam:AttachRolePolicy',
          `arn:aws:iam::${account}:role/app/orders`,
          { 'iam:PolicyARN': `arn:aws:iam::${account}:policy/portcullis/incident/x` },
        ],
      },
      { power: 'attach', step: ['iam:UpdateAccessKey', `arn:aws:iam::${account}:user/alice`] },
      {
        power: 'attach',
        step: [
          'lambda:UpdateFunctionUrlConfig',
          `arn:aws:lambda:eu-west-1:${account}:function:pay`,
          { 'lambda:FunctionUrlAuthType': 'AWS_IAM' },
        ],
      },
      { power: 'revert', step: ['iam:DeletePolicy', `arn:aws:iam::${account}:policy/portcullis/incident/x`] },
      {
        power: 'revert',
        step: [
          'iam:DetachUserPolicy',
          `arn:aws:iam::${account}:user/alice`,
          { 'iam:PolicyARN': `arn:aws:iam::${account}:policy/portcullis/incident/x` },
        ],
      },
      { power: 'edit', step: ['iam:RemoveUserFromGroup', `arn:aws:iam::${account}:group/administrators`] },
    ] as const satisfies readonly { readonly power: AskedPower; readonly step: Step }[])(
      '$power can do what it is for: $step.0',
      ({ power, step }) => {
        expect(identities[power].some((identity) => isAllowed(identity, step, account))).toBe(true);
      },
    );
  });

  describe('two powers together', () => {
    it('mint and attach could grant, which is why no function holds both', () => {
      const created = synthesize('production', 'response');
      const both = [homeRole(created, 'mint'), homeRole(created, 'attach')];
      const [, createAndAttach] = escalationPaths(HOME);

      expect(createAndAttach?.steps.every((step) => both.some((one) => isAllowed(one, step, HOME)))).toBe(true);
      for (const power of POWERS) {
        const takers = created.statementsOf(roleName(power), 'assumeRolePolicy').map(({ Principal }) => Principal);
        expect(takers).toEqual([{ AWS: [`arn:aws:iam::${HOME}:role/portcullis-production-act-${power}`] }]);
      }
    });
  });

  describe('decision 9', () => {
    const page = readFileSync(
      path.resolve(import.meta.dirname, '../../docs/decisions/0009-separated-powers.md'),
      'utf8',
    );
    const open = escalationPaths(HOME).filter(({ open: to }) => to !== undefined);

    it.each(open)('names the exception: $path', ({ path: name, open: to }) => {
      expect(page).toContain(`**${to?.exception}**`);
      expect(page.replace(/\s+/g, ' ')).toContain(name);
    });

    it('says how many paths were tried', () => {
      expect(page).toContain(`for ${escalationPaths(HOME).length} paths`);
    });
  });
}

function roleName(power: AskedPower): string {
  return `Power${power[0]?.toUpperCase()}${power.slice(1)}`;
}

function homeRole(created: Created, power: AskedPower): Identity {
  const name = roleName(power);
  return {
    arn: `arn:aws:sts::${HOME}:assumed-role/${String(created.inputsOf(name).name)}/portcullis`,
    statements: created.granted().filter(({ role }) => role === name),
  };
}

function homeFunction(created: Created, power: AskedPower): Identity {
  const name = `Act${roleName(power).slice('Power'.length)}Role`;
  return {
    arn: `arn:aws:sts::${HOME}:assumed-role/${String(created.inputsOf(name).name)}/portcullis`,
    statements: created.granted().filter(({ role }) => role === name),
  };
}

/** Its template, with what CloudFormation would put in. */
function memberRole(power: AskedPower): Identity {
  const { RoleName, Policies } = memberTemplate().Resources[ROLES[power]].Properties;
  const [document] = Policies.map(({ PolicyDocument }) => PolicyDocument);
  return {
    arn: `arn:aws:sts::${MEMBER}:assumed-role/${String(resolved(RoleName))}/portcullis`,
    statements: JSON.parse(JSON.stringify(resolved(document?.Statement))),
  };
}

const REFERENCES: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': MEMBER,
  Name: 'portcullis-production',
  WatchingAccount: HOME,
};

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return REFERENCES[String(value.Ref)];
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'];
    return Array.isArray(parts) ? parts.map(resolved).join(String(separator)) : undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member)]));
}

function isAllowed(identity: Identity, step: Step, account: string): boolean {
  // Whether a trust policy lets them in is not ours to say: as if it did
  if (step[0] === 'sts:AssumeRole') return mayTakeUp(identity, step[1]);
  return simulated(identity, step, account) === 'Allowed';
}

function mayTakeUp({ statements }: Identity, role: string): boolean {
  const about = statements.filter(
    ({ Action, Resource }) =>
      list(Action).includes('sts:AssumeRole') && list(Resource).some((pattern) => fitsWildcard(pattern, role)),
  );
  return about.some(({ Effect }) => Effect === 'Allow') && about.every(({ Effect }) => Effect === 'Allow');
}

function simulatedDenial(identity: Identity, step: Step, account: string): 'denied' | 'not-denied' {
  return simulated(identity, step, account) === 'ExplicitlyDenied' ? 'denied' : 'not-denied';
}

function simulated({ arn, statements }: Identity, [action, resource, context = {}]: Step, account: string): string {
  const owner = resource.split(':')[4] || account;
  return runUnsafeSimulation(
    {
      request: { principal: arn, action, resource: { resource, accountId: owner }, contextVariables: { ...context } },
      identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement: statements.map(withoutRole) } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
}

function withoutRole({ role: _, ...statement }: Statement & { readonly role?: string }): object {
  return statement;
}

/** Denials of our roles are within the grammar of the documents that we mint. */
function ownVerdict({ statements }: Identity, [action, resource, context = {}]: Step): string {
  const denials = statements.filter(({ Effect }) => Effect === 'Deny');
  if (denials.length === 0) return 'not-denied';
  const verdicts = denials.map(({ Action, Resource, Condition }, index) => {
    const parsed = parseDenyDocument(
      {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: `Deny${index}`,
            Effect: 'Deny',
            Action: list(Action),
            Resource: list(Resource),
            ...(Condition && { Condition }),
          },
        ],
      },
      Number.POSITIVE_INFINITY,
    );
    if (parsed.kind === 'refused') throw new Error(parsed.problems.join('; '));
    return evaluateDeny(parsed.document, { action, resource, context: new Map(Object.entries(context)) });
  });
  return verdicts.includes('denied') ? 'denied' : verdicts.includes('undecided') ? 'undecided' : 'not-denied';
}
