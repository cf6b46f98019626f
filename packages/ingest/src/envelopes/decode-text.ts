import { isAscii } from 'node:buffer';

/**
 * Bytes to text: UTF-8 with or without byte order mark, or UTF-16LE with one (what PowerShell's `>`
 * makes of `aws cloudtrail lookup-events`). Wrong bytes become U+FFFD.
 *
 * Nearly every container is plain ASCII, which decodes twice as fast when told so.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) {
    return buffer.toString('latin1');
  }
  if (buffer[0] === 0xff && buffer[1] === 0xfe) {
    return buffer.toString('utf16le', 2);
  }
  const hasByteOrderMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  return buffer.toString('utf8', hasByteOrderMark ? 3 : 0);
}

/**
 * Text in its base64 form, or undefined where it is not base64. Both alphabets and line breaks pass, as
 * tools wrap and re-encode.
 */
export function decodeBase64(text: string): Buffer | undefined {
  return /^[\w+/\s-]*={0,2}\s*$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
