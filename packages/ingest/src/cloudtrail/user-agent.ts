import { cut } from './record.ts';

/** Longest agent kept; browsers' end near 250, SDKs' near 400. */
const MAX_AGENT = 512;
const MAX_AGENTS = 8192;

export interface UserAgent {
  readonly text: string;
  readonly console: boolean;
}

/** Browsers, and the names under which the console's own back ends call. Some agents come in brackets. */
const CONSOLE = /^\[?(?:Mozilla\/|console\.|signin\.amazonaws\.com|S3Console\/|EC2ConsoleFrontend|AWSConsole)/i;

/** Makes a bounded reader that shares agents, since few of them come very often. */
export function createUserAgents(): (userAgent: unknown) => UserAgent {
  const agents = new Map<string, UserAgent>();
  const none: UserAgent = { text: '', console: false };
  // Neighbors mostly share their agent, and comparing is cheaper than hashing a long text.
  let latest = none;

  return function userAgentOf(userAgent) {
    if (typeof userAgent !== 'string' || userAgent === '') return none;
    if (userAgent === latest.text) return latest;
    const known = agents.get(userAgent);
    if (known !== undefined) {
      latest = known;
      return known;
    }
    const text = userAgent.length > MAX_AGENT ? cut(userAgent, MAX_AGENT) : userAgent;
    const agent = { text, console: CONSOLE.test(text) };
    if (agents.size >= MAX_AGENTS) agents.clear();
    if (text === userAgent) agents.set(text, agent);
    return agent;
  };
}
