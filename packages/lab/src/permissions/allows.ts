interface Written {
  readonly [name: string]: unknown;
}

/**
 * Whether policy documents without conditions allow a call; written apart from the product's own evaluation, which it checks.
 *
 * @param thing - ARN or pattern of what is touched; any will do where it is not known
 */
export function allows(documents: readonly Written[], action: string, thing: string | undefined): boolean {
  const statements = documents.flatMap(({ Statement }) => texts<Written>(Statement));
  const speaks = ({ Action, NotAction }: Written) =>
    Action === undefined ? !fits(NotAction, action, 'i') : fits(Action, action, 'i');
  const touches = ({ Resource, NotResource }: Written) =>
    thing === undefined || (Resource === undefined ? !fits(NotResource, thing, '') : fits(Resource, thing, ''));
  const matching = statements.filter((statement) => speaks(statement) && touches(statement));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

const compiled = new Map<string, RegExp>();

function fits(patterns: unknown, text: string, flags: string): boolean {
  return texts<string>(patterns).some((pattern) => {
    const key = `${flags} ${pattern}`;
    const known =
      compiled.get(key) ??
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        flags,
      );
    compiled.set(key, known);
    return known.test(text);
  });
}

function texts<T>(value: unknown): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
