import type { AsffFinding } from '@portcullis/contract';

/** Limits of `BatchImportFindings`. */
const MAX_FINDINGS = 100;
const MAX_BYTES = 6 * 1024 * 1024;
/** For what stands around them. */
const SPARE_BYTES = 64 * 1024;

/** Findings in their order, in as few batches as Security Hub takes. One alone never exceeds them: it has at most 240 KB. */
export function batchesOf(findings: readonly AsffFinding[]): readonly (readonly AsffFinding[])[] {
  const batches: AsffFinding[][] = [];
  let bytes = Infinity;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding));
    const open = batches.at(-1);
    if (open === undefined || open.length === MAX_FINDINGS || bytes + size > MAX_BYTES - SPARE_BYTES) {
      batches.push([finding]);
      bytes = size;
    } else {
      open.push(finding);
      bytes += size;
    }
  }
  return batches;
}
