import type { JsonObject } from '@portcullis/respond';

/** Makes one call by a client that bears the credentials for it; lists come whole, whatever their pages. */
export type Perform<Client> = (client: Client, input: JsonObject) => Promise<object>;

/** The operations of one service that a response uses, by their names. */
export type Operations<Service extends string, Name extends string, Client> = Readonly<
  Record<Extract<Name, `${Service}:${string}`>, Perform<Client>>
>;

/** An input in the SDK's own type. Cuts write it in the words of the SDK; what it makes of a wrong one is a refusal. */
export function inputOf<Input>(input: JsonObject): Input {
  return JSON.parse(JSON.stringify(input));
}

/** All pages of a list as one answer. */
export function allOf<Page extends object, Name extends keyof Page>(
  pages: AsyncIterable<Page>,
  name: Name,
): Promise<object> {
  return allListsOf(pages, [name]);
}

/** All pages of several lists as one answer. */
export async function allListsOf<Page extends object, Name extends keyof Page>(
  pages: AsyncIterable<Page>,
  names: readonly Name[],
): Promise<object> {
  const members = names.map((name): readonly [Name, unknown[]] => [name, []]);
  for await (const page of pages) {
    for (const [name, all] of members) {
      const some = page[name];
      if (Array.isArray(some)) for (const one of some) all.push(one);
    }
  }
  return Object.fromEntries(members);
}
