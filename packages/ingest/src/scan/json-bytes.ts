import { isAscii } from 'node:buffer';

declare global {
  interface Buffer {
    /** Part of every Buffer, though not of its types; `toString('latin1')` reaches it by a detour that costs more. */
    latin1Slice(start: number, end: number): string;
    utf8Slice(start: number, end: number): string;
  }
}

/** The bytes of a container that are read where they lie, singly or four at a time. */
export class JsonBytes {
  readonly bytes: Buffer;
  /** The same bytes; a `DataView` reads a word at any place. */
  readonly words: DataView;
  readonly #ascii: boolean;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ascii = isAscii(bytes);
  }

  /** A piece that begins and ends beside ASCII, as a text of its own that keeps nothing else alive. */
  text(from: number, end: number): string {
    return this.#ascii ? this.bytes.latin1Slice(from, end) : this.bytes.utf8Slice(from, end);
  }
}

export const NO_BYTES = new JsonBytes(Buffer.alloc(0));
