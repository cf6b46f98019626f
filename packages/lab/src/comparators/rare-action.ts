import type { Rule, RuleMemory } from './rule.ts';

/** Below so many actors "rare in the account" means nothing. */
const LEAST_ACTORS = 20;

/** What one account has seen. */
interface Account {
  readonly actors: Set<string>;
  /** Who used an action. */
  readonly users: Map<string, Set<string>>;
}

/**
 * An actor's first use of an action that hardly anybody in its account uses.
 *
 * Its score is 1 / (1 + others that use the action): 1 for nobody, .5 for one other.
 */
export const rareAction: Rule = {
  id: 'rare-action',
  title: 'first use of an action that fewer than 2 others of the account use',
  unit: '1 / (1 + others who use it)',
  threshold: 0.5,
  sweep: [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 1],
  start: () => remembering(new Map()),
};

function remembering(accounts: Map<string, Account>): RuleMemory {
  return {
    hour: (events) =>
      events.flatMap((event) => {
        const { actor, action } = event;
        const { actors, users } = accountOf(accounts, actor.account);
        actors.add(actor.id);
        const known = users.get(action.name) ?? new Set<string>();
        users.set(action.name, known);
        if (known.has(actor.id)) return [];
        const score = 1 / (1 + known.size);
        known.add(actor.id);
        return actors.size < LEAST_ACTORS ? [] : [{ event, score }];
      }),
    fork: () => remembering(structuredClone(accounts)),
  };
}

function accountOf(accounts: Map<string, Account>, id: string): Account {
  const known = accounts.get(id);
  if (known !== undefined) return known;
  const account = { actors: new Set<string>(), users: new Map<string, Set<string>>() };
  accounts.set(id, account);
  return account;
}
