/** A changed secret is in use after this long. */
const KEEP_MS = 5 * 60 * 1000;

/**
 * Reads the address of the webhook, at most every five minutes.
 *
 * @throws where the secret holds no https address; its text stays out of the message
 */
export function webhookReader(readSecret: () => Promise<string | undefined>, now: () => number): () => Promise<string> {
  let kept: { readonly url: string; readonly until: number } | undefined;
  return async () => {
    if (kept === undefined || kept.until <= now()) {
      const url = (await readSecret())?.trim() ?? '';
      if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
        throw new Error('the secret of the webhook: expected an https address as its whole text');
      }
      kept = { url, until: now() + KEEP_MS };
    }
    return kept.url;
  };
}
