import { byteText, indexOfText } from '../lib/byte-text.ts';

const RECEIVED = byteText('connection received: host=');
const PORT = byteText(' port=');
/** Host names are shorter. */
const HOST_BYTES = 300;

/** The client's port that a record of `connection received` tells, whatever the format; 0 where it tells none. */
export function readClientPort(words: DataView, start: number, end: number): number {
  const received = indexOfText(words, start, end, RECEIVED);
  if (received < 0) {
    return 0;
  }
  const host = received + RECEIVED.length;
  const port = indexOfText(words, host, Math.min(end, host + HOST_BYTES), PORT);
  return port < 0 ? 0 : readPort(words, port + PORT.length, end);
}

/** A port in decimal digits; 0 where none stands. */
export function readPort(words: DataView, start: number, end: number): number {
  let port = 0;
  for (let p = start; p < end && port <= 65_535; p++) {
    const digit = words.getUint8(p) - 0x30;
    if (digit < 0 || digit > 9) {
      break;
    }
    port = port * 10 + digit;
  }
  return port > 65_535 ? 0 : port;
}
