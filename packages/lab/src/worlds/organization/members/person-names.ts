import { randomStream } from '../../../random.ts';
import type { Culture } from '../culture.ts';

const GIVEN = {
  tuning: [
    'amara',
    'bjorn',
    'chiara',
    'duarte',
    'elin',
    'finn',
    'gwen',
    'hana',
    'iris',
    'jonas',
    'kofi',
    'lena',
    'marek',
    'nora',
    'oskar',
    'petra',
    'quinn',
    'rafa',
    'sanna',
    'tomas',
  ],
  test: [
    'adele',
    'bogdan',
    'camille',
    'dilip',
    'esther',
    'farid',
    'gael',
    'hiro',
    'ines',
    'joao',
    'kavya',
    'liv',
    'mei',
    'naledi',
    'olav',
    'priya',
    'renzo',
    'sofie',
    'thabo',
    'yuki',
  ],
} as const;
const FAMILY = {
  tuning: [
    'berg',
    'castro',
    'dahl',
    'evans',
    'fischer',
    'greco',
    'hughes',
    'ito',
    'jansen',
    'kowalska',
    'lund',
    'moreau',
    'novak',
    'okafor',
    'pinto',
  ],
  test: [
    'amin',
    'bernard',
    'costa',
    'dube',
    'esposito',
    'fontaine',
    'garcia',
    'hansen',
    'iyer',
    'jung',
    'keller',
    'laurent',
    'meyer',
    'nair',
    'popescu',
  ],
} as const;

/** Name of the n-th person as sign-in shows it, in the organization's way. */
export function nameOfPerson({ half, seed, name }: Culture, number: number): string {
  const random = randomStream('name', half, seed);
  const style = random.int(0, 3);
  const [given, family] = [random.shuffled(GIVEN[half]), random.shuffled(FAMILY[half])];
  const first = String(given[number % given.length]);
  const last = String(family[Math.floor(number / given.length) % family.length]);
  const again = Math.floor(number / (given.length * family.length)) || '';
  const domain = `${name}.example`;
  if (style === 0) return `${first}.${last}${again}@${domain}`;
  if (style === 1) return `${first.charAt(0)}${last}${number}@${domain}`;
  if (style === 2) return `${first}-${last}${again}`;
  return `${first}${again}.${last}`;
}
