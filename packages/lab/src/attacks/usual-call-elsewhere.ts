import { getObject, tableItem } from '../calls/data.ts';
import { getFunctionConfiguration } from '../calls/lambda.ts';
import { getParameter, getSecretValue } from '../calls/secrets.ts';
import type { Member, ResourceKind } from '../organization.ts';
import { type Random, randomStream } from '../random.ts';
import type { Account } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import type { Tale } from './tale.ts';

/** Kinds of things whose names stand in the calls that read them. */
const READ: Readonly<Partial<Record<ResourceKind, (account: Account, name: string, random: Random) => Call>>> = {
  secret: getSecretValue,
  parameter: (_, name) => getParameter(name),
  bucket: (_, name, random) => getObject(name, `data/${random.hex(8)}`),
  table: (account, name) => tableItem(account, 'Query', name),
  function: (_, name) => getFunctionConfiguration(name),
};

/** Kinds of things that the member's habits name and that others have too. */
export function kindsInHabits({ habits, resources, id }: Member): readonly ResourceKind[] {
  if (habits.length === 0) return [];
  const random = randomStream('kinds-in-habits', id);
  const texts = Array.from({ length: 60 }, () => JSON.stringify(random.weighted(habits).make(random)));
  const named = resources.filter(({ kind, name }) => READ[kind] && texts.some((text) => text.includes(name)));
  return [...new Set(named.map(({ kind }) => kind))];
}

/** One of the victim's usual calls, on another thing than usual: same action, same form, another name. */
export function usualCallElsewhere(tale: Tale, kind: ResourceKind, name: string): Call {
  const { victim, random } = tale;
  const own = tale.own(kind);
  for (let attempt = 0; attempt < 40; attempt++) {
    const text = JSON.stringify(random.weighted(victim.habits).make(random));
    const usual = own.find((one) => text.includes(one));
    if (usual !== undefined) {
      const moved: Call = JSON.parse(text.replaceAll(usual, name));
      return moved;
    }
  }
  return READ[kind]?.(victim.account, name, random) ?? getParameter(name);
}
