/** What a network party or an API is remembered by, each a set of values. */
export const TRAFFIC_FEATURES = [
  // Of networks: where connections go that the party opens
  'prefix',
  'owner',
  'country',
  'port',
  'internal',
  'regular',
  // Of APIs
  'caller',
  'caller-network',
  'caller-agent',
  'guarded',
  'open',
] as const;

export type TrafficFeature = (typeof TRAFFIC_FEATURES)[number];

/**
 * What is counted per hour and day.
 *
 * `egressKb`: to the internet. `internalPeers`: distinct private addresses that connections were opened to. `rejected`: flows that were
 * refused, but for those that the internet knocks with. `readPaths`, `probedPaths`: of the one who asked for most distinct
 * paths, how many were answered, or refused.
 */
export const TRAFFIC_METRICS = [
  'egressKb',
  'internalPeers',
  'rejected',
  'requests',
  'refused',
  'clientErrors',
  'serverErrors',
  'readPaths',
  'probedPaths',
] as const;

export type TrafficMetric = (typeof TRAFFIC_METRICS)[number];

export type TrafficCounts = Readonly<Record<TrafficMetric, number>>;

/** Day and hour; weeks would be over before an interface is. */
const TRAFFIC_WINDOWS = ['hour', 'day'] as const;

export type TrafficWindow = (typeof TRAFFIC_WINDOWS)[number];

export function noCounts(): Record<TrafficMetric, number> {
  return {
    egressKb: 0,
    internalPeers: 0,
    rejected: 0,
    requests: 0,
    refused: 0,
    clientErrors: 0,
    serverErrors: 0,
    readPaths: 0,
    probedPaths: 0,
  };
}

/** One value for each feature. */
export function perTrafficFeature<T>(make: (feature: TrafficFeature) => T): Record<TrafficFeature, T> {
  return {
    prefix: make('prefix'),
    owner: make('owner'),
    country: make('country'),
    port: make('port'),
    internal: make('internal'),
    regular: make('regular'),
    caller: make('caller'),
    'caller-network': make('caller-network'),
    'caller-agent': make('caller-agent'),
    guarded: make('guarded'),
    open: make('open'),
  };
}
