import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What deflate needs beside its window. */
const LOOKAHEAD = 262;
/** Bytes that a compressed byte becomes, at most times. */
const GROWTH = 8;

/** A text as deflated bytes. Most are short, so memory is asked for by their length: to clear it would take longer than to compress. */
export function deflateText(text: string, level: number): Uint8Array {
  const bytes = Buffer.from(text);
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(bytes.length + LOOKAHEAD))));
  const chunkSize = Math.max(1024, bytes.length >> 1);
  return deflateRawSync(bytes, { level, windowBits, memLevel: windowBits - 7, chunkSize });
}

/** @throws where the bytes are cut or damaged */
export function inflateText(bytes: Uint8Array): string {
  return inflateRawSync(bytes, { chunkSize: Math.max(1024, GROWTH * bytes.length) }).toString('utf8');
}
