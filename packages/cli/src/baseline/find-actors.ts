import type { PipelineState } from '@portcullis/pipeline';

/** The part of a state that is looked through. */
interface NamedActors {
  readonly baselines: ReadonlyMap<string, unknown>;
  readonly names: PipelineState['names'];
}

/**
 * Ids of the actors that a text means, ascending: an exact id, else exact names and ARNs, else a pattern of any of them.
 *
 * In a pattern `*` stands for anything; one without it is looked for anywhere.
 */
export function findActors({ baselines, names }: NamedActors, wanted: string): readonly string[] {
  if (baselines.has(wanted)) return [wanted];
  const ids = [...baselines.keys()].sort();
  const wordsOf = (id: string) => {
    const known = names.get(id);
    return [id, known?.name, known?.arn].filter((word) => word !== undefined);
  };
  const exact = ids.filter((id) => wordsOf(id).includes(wanted));
  if (exact.length > 0) return exact;
  const matches = wanted.includes('*')
    ? globbed(wanted)
    : (word: string) => word.toLowerCase().includes(wanted.toLowerCase());
  return ids.filter((id) => wordsOf(id).some(matches));
}

/** Piece by piece and not as a regular expression, which a pattern of many stars could keep busy for long. */
function globbed(pattern: string): (word: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const tail = rest.pop() ?? '';
  return (word) => {
    const lower = word.toLowerCase();
    if (!lower.startsWith(head) || !lower.endsWith(tail)) return false;
    let at = head.length;
    for (const piece of rest) {
      const found = lower.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= lower.length - tail.length;
  };
}
