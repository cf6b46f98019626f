import { BaselineFormatError } from './errors.ts';

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder();

/** Appends numbers and texts in the forms the codec uses; grows as needed. */
export class ByteWriter {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A non-negative integer below 2^53 in base 128, low digits first. */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  int32(value: number): void {
    this.#room(4);
    this.#view.setInt32(this.#length, value);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  float32(value: number): void {
    this.#room(4);
    this.#view.setFloat32(this.#length, value);
    this.#length += 4;
  }

  text(value: string): void {
    const encoded = utf8Encoder.encode(value);
    this.varint(encoded.length);
    this.#room(encoded.length);
    this.#bytes.set(encoded, this.#length);
    this.#length += encoded.length;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(needed: number): void {
    if (this.#length + needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + needed));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what `ByteWriter` wrote; throws `BaselineFormatError` where the bytes end early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let digit = 0; digit < 8; digit++) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new BaselineFormatError('a number has more than eight digits');
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4));
  }

  text(): string {
    const length = this.varint();
    const start = this.#take(length);
    return utf8Decoder.decode(this.#bytes.subarray(start, start + length));
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.#at !== this.#bytes.length) {
      throw new BaselineFormatError(`${this.#bytes.length - this.#at} bytes are left over`);
    }
  }

  #take(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) {
      throw new BaselineFormatError(`bytes end at ${this.#bytes.length}, ${start + count} expected`);
    }
    this.#at = start + count;
    return start;
  }
}
