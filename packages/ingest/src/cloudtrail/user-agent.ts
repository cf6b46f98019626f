import type { Agent } from '@portcullis/event';
import { cut } from './record.ts';

/** Longest agent kept; browsers' end near 250, SDKs' near 400. */
const MAX_AGENT = 512;
const MAX_AGENTS = 8192;
/** Enough to tell tools and their platforms apart; what follows names features and settings. */
const MAX_FAMILY = 160;

export interface UserAgent extends Agent {
  readonly console: boolean;
}

/** Browsers, and the names under which the console's own back ends call. Some agents come in brackets. */
const CONSOLE = /^\[?(?:Mozilla\/|console\.|signin\.amazonaws\.com|S3Console\/|EC2ConsoleFrontend|AWSConsole)/i;

/**
 * What differs from call to call of one tool: the command of the AWS CLI, the settings, features and request
 * marks that SDKs add (`md/command#`, `cfg/`, `m/`, `api/`, `ft/`).
 */
const PER_CALL = /(?:^|\s)(?:md\/(?:command|prompt)#|command\/|cfg\/|m\/|api\/|ft\/|hll\/)\S*/g;
const VERSIONS = /[#/@v]?\d+(?:[._+-]\w+)*/g;
/** A partner's mark in front of the tool that calls. */
const PARTNER = /^APN\/\S*\s+/;

/** Makes a bounded reader that shares agents, since few of them come very often. */
export function createUserAgents(): (userAgent: unknown) => UserAgent {
  const agents = new Map<string, UserAgent>();
  const none: UserAgent = { text: '', product: '', family: '', console: false };
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
    const agent = { text, product: productOf(text), family: familyOf(text), console: CONSOLE.test(text) };
    if (agents.size >= MAX_AGENTS) agents.clear();
    if (text === userAgent) agents.set(text, agent);
    return agent;
  };
}

/** Services sign with their name, of which digits are part. */
const SERVICE = /^[\w.-]+\.amazonaws\.com$/;

function productOf(text: string): string {
  if (SERVICE.test(text)) return text;
  if (text.startsWith('Mozilla/')) return 'browser';
  const first = /^[^\s/,;()\]]+/.exec(text.replace(PARTNER, '').replace(/^\[/, ''))?.[0] ?? text;
  return first.replace(VERSIONS, '') || first;
}

function familyOf(text: string): string {
  if (SERVICE.test(text)) return text;
  const steady = text.replace(PER_CALL, ' ').replace(VERSIONS, '').replace(/\s+/g, ' ').trim();
  return steady.length > MAX_FAMILY ? cut(steady, MAX_FAMILY) : steady;
}
