/** What is needed of the network and the clock. */
export interface Web {
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<unknown>;
}

const ATTEMPTS = 4;
const TIMEOUT_MS = 5_000;
const FIRST_WAIT_MS = 500;
/** The function itself may run for a minute. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Posts until it is taken: again after 429 (as long as it asks to wait), 5xx and broken connections, not after any other refusal.
 *
 * The address of a webhook is a secret, so no error names it, and no redirect is followed.
 *
 * @throws where it was refused, or not taken in four attempts; the event is then tried again, and kept in the queue of what failed
 */
export async function postJson(url: string, body: unknown, { fetch, wait }: Web): Promise<void> {
  let problem = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
    const response = await tried(fetch, url, body);
    if (typeof response === 'string') {
      problem = response;
      continue;
    }
    if (response.ok) return;
    problem = `status ${response.status}`;
    if (response.status !== 429 && response.status < 500) throw new Error(`the webhook refused it: ${problem}`);
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    if (seconds > 0) await wait(Math.min(seconds * 1000, LONGEST_WAIT_MS));
  }
  throw new Error(`the webhook did not take it in ${ATTEMPTS} attempts: ${problem}`);
}

/** The response, or what went wrong on the way, without the address that an error of `fetch` may hold. */
async function tried(fetch: Web['fetch'], url: string, body: unknown): Promise<Response | string> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    return error instanceof Error ? error.name : 'no response';
  }
}
