import { intruderAddress } from '../attacks/intruder-networks.ts';
import type { Loudness, Story } from '../organization.ts';
import type { Random } from '../random.ts';
import { apiCaller, apiHabitsOf, privateAddress } from './habits.ts';
import { flow, request } from './site-hours.ts';
import type { SimulatedFlow, SimulatedRequest, Site } from './traffic-hour.ts';

/** What an attack adds to one hour of its site. */
interface AddedTraffic {
  readonly flows?: readonly SimulatedFlow[];
  readonly requests?: readonly SimulatedRequest[];
}

interface TrafficSetting {
  readonly site: Site;
  readonly seed: number;
  readonly loudness: Loudness;
  /** Of the attack as a whole: the same in each of its hours. */
  readonly plan: Random;
  /** Of this hour. */
  readonly random: Random;
  /** Hours since it began. */
  readonly hour: number;
}

/** An attack on a network or an API, as its logs tell it. */
export interface TrafficStory {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly half: Story['half'];
  readonly on: 'network' | 'api';
  readonly hours: number;
  tell(setting: TrafficSetting): AddedTraffic;
}

const by = <T>(loudness: Loudness, loud: T, medium: T, quiet: T): T => ({ loud, medium, quiet })[loudness];

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: Math.max(0, Math.round(count)) }, (_, index) => make(index));
}

const tuning: readonly TrafficStory[] = [
  {
    id: 'taken-out-by-https',
    half: 'tuning',
    on: 'network',
    hours: 3,
    tell({ loudness, plan, random }) {
      const peer = intruderAddress(
        'tuning',
        plan,
        by(loudness, ['hosting'], ['hosting', 'other-cloud'], ['other-cloud']),
      );
      const bytes = by(loudness, 4e9, 2e8, 1e7);
      return { flows: times(6, () => flow(random, peer, 443, bytes / 6, 20_000)) };
    },
  },
  {
    id: 'neighbors-swept',
    half: 'tuning',
    on: 'network',
    hours: 2,
    tell({ site, loudness, random }) {
      const ports = [22, 445, 3306, 5432, 3389];
      return {
        flows: times(by(loudness, 180, 40, 7), () => ({
          ...flow(random, privateAddress(site, random), random.pick(ports), 300, 200),
          accepted: random.chance(by(loudness, 0.2, 0.4, 0.8)),
        })),
      };
    },
  },
  {
    id: 'implant-calls-home',
    half: 'tuning',
    on: 'network',
    hours: 12,
    tell({ loudness, plan, random }) {
      const peer = intruderAddress('tuning', plan, by(loudness, ['hosting'], ['hosting', 'vpn'], ['other-cloud']));
      const every = by(loudness, 3, 5, 10);
      const jitter = by(loudness, 0, 0, 1);
      return {
        flows: times(60 / every, (index) => ({
          ...flow(random, peer, 443, 900, 1200),
          minute: Math.min(59, index * every + random.int(0, jitter)),
        })),
      };
    },
  },
  {
    id: 'numbers-counted-up',
    half: 'tuning',
    on: 'api',
    hours: 2,
    tell({ site, seed, loudness, plan, random }) {
      const habits = apiHabitsOf(site, seed);
      const caller = plan.pick(habits.callers);
      const address = intruderAddress('tuning', plan, by(loudness, ['hosting'], ['vpn'], ['residential']));
      return {
        requests: times(by(loudness, 1500, 250, 40), (index) =>
          request(habits, by(loudness, { ...caller, addresses: [address] }, caller, caller), random, {
            route: habits.routes[0] ?? '$default',
            path: `/things/${index}`,
            run: random.uuid(),
          }),
        ),
      };
    },
  },
  {
    id: 'key-in-other-hands',
    half: 'tuning',
    on: 'api',
    hours: 6,
    tell({ site, seed, loudness, plan, random }) {
      const habits = apiHabitsOf(site, seed);
      const caller = plan.pick(habits.callers);
      const address = intruderAddress('tuning', plan, by(loudness, ['hosting'], ['vpn'], ['residential']));
      const agent = by(loudness, 'curl/8.5.0', 'python-requests/2.31.0', caller.agent);
      const thief = { ...caller, addresses: [address], agent };
      return {
        requests: times(by(loudness, 200, 30, 4), () => request(habits, thief, random, { run: random.uuid() })),
      };
    },
  },
  {
    id: 'authorizer-taken-off',
    half: 'tuning',
    on: 'api',
    hours: 8,
    tell({ site, seed, loudness, plan, random }) {
      const habits = apiHabitsOf(site, seed);
      const route = habits.routes.find((one) => !habits.open.includes(one)) ?? '$default';
      const address = intruderAddress('tuning', plan);
      return {
        requests: times(by(loudness, 120, 15, 2), () => ({
          ...request(habits, apiCaller(site, 'public', 0, random), random, { run: random.uuid() }),
          route,
          address,
          caller: undefined,
          key: undefined,
        })),
      };
    },
  },
];

const test: readonly TrafficStory[] = [
  {
    id: 'coins-dug',
    half: 'test',
    on: 'network',
    hours: 10,
    tell({ loudness, plan, random }) {
      const peer = intruderAddress('test', plan, ['hosting']);
      const port = by(loudness, 14_444, 3333, 443);
      return {
        flows: times(by(loudness, 60, 30, 6), (index) => ({
          ...flow(random, peer, port, 3000, 2500),
          minute: Math.floor((index * 60) / by(loudness, 60, 30, 6)),
        })),
      };
    },
  },
  {
    id: 'names-as-a-tunnel',
    half: 'test',
    on: 'network',
    hours: 5,
    tell({ loudness, plan, random }) {
      const peer = intruderAddress('test', plan, by(loudness, ['hosting'], ['vpn'], ['other-cloud']));
      return {
        flows: times(by(loudness, 120, 40, 8), () => ({
          ...flow(random, peer, 53, by(loudness, 400_000, 20_000, 3000), 2000),
          protocol: 17 as const,
        })),
      };
    },
  },
  {
    id: 'database-carried-off',
    half: 'test',
    on: 'network',
    hours: 2,
    tell({ site, loudness, plan, random }) {
      const store = privateAddress(site, plan);
      const peer = intruderAddress('test', plan, by(loudness, ['hosting'], ['other-cloud'], ['other-region']));
      const bytes = by(loudness, 8e9, 3e8, 2e7);
      return {
        flows: [
          ...times(3, () => flow(random, store, 5432, 5000, bytes / 3)),
          ...times(4, () => flow(random, peer, by(loudness, 22, 443, 443), bytes / 4, 30_000)),
        ],
      };
    },
  },
  {
    id: 'shell-to-shell',
    half: 'test',
    on: 'network',
    hours: 4,
    tell({ site, loudness, plan, random }) {
      const hosts = times(by(loudness, 40, 12, 3), () => privateAddress(site, plan));
      return { flows: hosts.map((host) => flow(random, host, 22, 20_000, 15_000)) };
    },
  },
  {
    id: 'tokens-guessed',
    half: 'test',
    on: 'api',
    hours: 3,
    tell({ site, seed, loudness, plan, random, hour }) {
      const habits = apiHabitsOf(site, seed);
      const addresses = times(by(loudness, 1, 8, 30), () => intruderAddress('test', plan));
      const stranger = { ...apiCaller(site, habits.style, 1, plan), addresses };
      const refused = times(by(loudness, 900, 120, 25), () => ({
        ...request(habits, stranger, random),
        status: 401,
        caller: undefined,
        key: undefined,
      }));
      const through = hour === 2 ? times(5, () => request(habits, stranger, random, { run: random.uuid() })) : [];
      return { requests: [...refused, ...through] };
    },
  },
  {
    id: 'token-replayed',
    half: 'test',
    on: 'api',
    hours: 5,
    tell({ site, seed, loudness, plan, random }) {
      const habits = apiHabitsOf(site, seed);
      const caller = plan.pick(habits.callers);
      const address = intruderAddress('test', plan, by(loudness, ['hosting'], ['other-cloud'], ['residential']));
      const replay = {
        ...caller,
        addresses: [address],
        agent: by(loudness, 'Go-http-client/1.1', caller.agent, caller.agent),
      };
      return {
        requests: times(by(loudness, 300, 40, 6), () => request(habits, replay, random, { run: random.uuid() })),
      };
    },
  },
  {
    id: 'door-left-open',
    half: 'test',
    on: 'api',
    hours: 6,
    tell({ site, seed, loudness, plan, random, hour }) {
      const habits = apiHabitsOf(site, seed);
      const address = intruderAddress('test', plan, ['residential', 'vpn']);
      const route = habits.routes.filter((one) => !habits.open.includes(one)).at(-1) ?? '$default';
      const base = () => ({
        ...request(habits, apiCaller(site, 'public', 0, random), random),
        address,
        caller: undefined,
        key: undefined,
      });
      const probes = times(by(loudness, 250, 60, 5), (index) => ({
        ...base(),
        route: '$default',
        path: `/internal/${index}`,
        status: 404,
      }));
      const answered = hour < 2 ? [] : times(by(loudness, 60, 10, 2), () => ({ ...base(), route, run: random.uuid() }));
      return { requests: [...probes, ...answered] };
    },
  },
];

export const TRAFFIC_STORIES: readonly TrafficStory[] = [...tuning, ...test];
