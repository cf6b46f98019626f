import * as z from 'zod';
import { accountId, instant } from './event-envelope.ts';
import { VERDICTS } from './names.ts';

/** Declared work and mutes end; what should hold for longer is a matter of configuration and review. */
export const MAX_DECISION_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `*` alone would cover everybody; something must be named. */
const NAMES_SOMETHING = /[A-Za-z0-9]/;

const actorPattern = z
  .string()
  .regex(NAMES_SOMETHING, 'expected an id, ARN or name; * may stand for a part of it, not for all')
  .describe('Id, ARN or name of an actor; * stands for any text. An ARN is safest: whoever opens a session names it');

const actionPattern = z
  .string()
  .regex(/^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/, 'expected an IAM action: iam:Get*')
  .regex(NAMES_SOMETHING, 'expected a service or a verb to be named: *:* would cover everything')
  .describe('IAM action; * stands for any text: iam:Get*');

const person = z.string().min(1);
const reason = z.string().min(1).describe('Why, for whoever reads it next year');
const version = z.literal('1').describe('Version of this shape');
const takesEffect = instant.describe('When it takes effect, in the time of the events');

const verdictScopeSchema = z
  .object({
    actors: z.array(actorPattern).min(1).exactOptional().describe('Holds for these actors too'),
    team: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Holds for the actors of this team too; settings.teams names them'),
    until: instant.exactOptional().describe('Holds until then; after it the same counts again'),
  })
  .refine((scope) => Object.keys(scope).length > 0, 'expected actors, team or until');

const verdictDecision = z
  .object({
    version,
    kind: z.literal('verdict'),
    at: takesEffect,
    episode: z.string().min(1).describe('metadata.id of the alert that is answered'),
    verdict: z
      .enum(VERDICTS)
      .describe(
        'confirmed: an attack, never learned from. dismissed: harmless. expected: harmless and known to people. ' +
          'reopened: the answer is taken back',
      ),
    by: person.describe('Who answers'),
    reason,
    scope: verdictScopeSchema.exactOptional(),
  })
  .refine(({ at, scope }) => scope?.until === undefined || Date.parse(scope.until) > Date.parse(at), {
    path: ['scope', 'until'],
    message: 'expected later than at',
  });

const muteDecision = z
  .object({
    version,
    kind: z.literal('mute'),
    at: takesEffect,
    episode: z.string().min(1).exactOptional(),
    actor: z
      .string()
      .regex(/^[^*?]+$/, 'expected one actor: patterns cannot be muted')
      .exactOptional()
      .describe('Id, ARN or name of one actor'),
    until: instant,
    by: person,
    reason,
  })
  .refine(({ actor, episode }) => (actor === undefined) !== (episode === undefined), {
    message: 'expected either an actor or an episode',
  })
  .refine(({ at, until }) => isSpan(at, until), { path: ['until'], message: spanMessage('at') });

const declaredWorkDecision = z
  .object({
    version,
    kind: z.literal('declared-work'),
    at: takesEffect,
    id: z.string().min(1).describe('A later record with the same id takes the place of this one'),
    title: z.string().min(1),
    owner: person.describe('Who answers for it'),
    from: instant,
    to: instant.describe('Ends before this instant'),
    actors: z.array(actorPattern).min(1).describe('Who will do it'),
    actions: z.array(actionPattern).min(1).describe('What will be used'),
    accounts: z.array(accountId).describe('Where; empty for all accounts'),
  })
  .refine(({ from, to }) => isSpan(from, to), { path: ['to'], message: spanMessage('from') });

/** What people answer to alerts or tell beforehand: one object per line of a decisions file. */
export const decisionSchema = z.discriminatedUnion('kind', [verdictDecision, muteDecision, declaredWorkDecision]);

function isSpan(from: string, to: string): boolean {
  const span = Date.parse(to) - Date.parse(from);
  return span > 0 && span <= MAX_DECISION_DAYS * DAY_MS;
}

function spanMessage(from: string): string {
  return `expected later than ${from}, by at most ${MAX_DECISION_DAYS} days`;
}
