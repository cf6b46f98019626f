import type { SiteHour } from './traffic-hour.ts';

/** What is simpler, and what everybody tries first: a site's first-seen peer or caller, and hours far above its mean. */
export interface PlainHit {
  readonly site: string;
  readonly epoch: number;
}

/** Peers (their /24) or callers never seen before, once the site is a week old. */
export function firstSeenPeer(hours: readonly SiteHour[], learnedBy: number): readonly PlainHit[] {
  const known = new Map<string, Set<string>>();
  return hours.flatMap(({ site, epoch, flows, requests }) => {
    const seen = known.get(site.name) ?? new Set<string>();
    known.set(site.name, seen);
    const peers = [
      ...flows
        .filter(({ inbound = false, accepted }) => !inbound && accepted)
        .map(({ peer, port }) => `${peer.replace(/\.\d+$/, '')} ${port}`),
      ...requests.filter(({ status }) => status < 300).map(({ caller, key }) => caller ?? key ?? 'nobody'),
    ];
    const fresh = peers.filter((peer) => !seen.has(peer));
    for (const peer of peers) seen.add(peer);
    return fresh.length > 0 && epoch >= learnedBy ? [{ site: site.name, epoch }] : [];
  });
}

/** Bytes sent, or requests, of an hour above the mean of the site's hours before by three deviations. */
export function aboveThreeDeviations(hours: readonly SiteHour[], learnedBy: number): readonly PlainHit[] {
  const sums = new Map<string, { n: number; sum: number; squares: number }>();
  return hours.flatMap(({ site, epoch, flows, requests }) => {
    const amount = flows.reduce((sum, { bytesOut }) => sum + bytesOut, 0) + requests.length;
    const before = sums.get(site.name) ?? { n: 0, sum: 0, squares: 0 };
    const mean = before.n > 0 ? before.sum / before.n : 0;
    const deviation =
      before.n > 1 ? Math.sqrt(Math.max(0, before.squares / before.n - mean * mean)) : Number.POSITIVE_INFINITY;
    sums.set(site.name, { n: before.n + 1, sum: before.sum + amount, squares: before.squares + amount * amount });
    return epoch >= learnedBy && amount > mean + 3 * deviation ? [{ site: site.name, epoch }] : [];
  });
}
