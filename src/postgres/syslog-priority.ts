import { byteText, startsWith } from '../lib/byte-text.ts';

const SPACE = 0x20;
const LESS = 0x3c;
const GREATER = 0x3e;
/** The length of a message in front of it (RFC 6587) has no more digits. */
const COUNT_DIGITS = 7;
/** `<191>` at most. */
const PRIORITY_BYTES = 5;

/** Behind the `451 ` of `451 <134>1 …`, by which messages in a stream are told apart. */
export function behindCount(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && p < start + COUNT_DIGITS && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) {
    p++;
  }
  return p > start && bytes[p] === SPACE && bytes[p + 1] === LESS ? p + 1 : start;
}

/** Behind `<134>`, where it stands. */
export function behindPriority(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== LESS) {
    return start;
  }
  for (let p = start + 1; p < end && p < start + PRIORITY_BYTES; p++) {
    if (bytes[p] === GREATER) {
      return p + 1;
    }
  }
  return start;
}

/** `local0.info`, as BusyBox and FreeBSD write the priority; it differs from line to line of one process. */
const NAMED_PRIORITY =
  /^<?(?:kern|user|mail|daemon|auth|security|syslog|lpr|news|uucp|cron|authpriv|ftp|ntp|audit|console|local[0-7])\.(?:emerg|panic|alert|crit|err|error|warning|warn|notice|info|debug)>?$/;
const NAMED_PRIORITY_BYTES = 20;

/** Whether a word is a priority by its names. */
export function isNamedPriority(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= NAMED_PRIORITY_BYTES && NAMED_PRIORITY.test(String.fromCharCode(...bytes.subarray(start, end)));
}

/** `[ID 748625 local0.info] `, which Solaris writes in front of a text. */
const MESSAGE_ID = byteText('[ID ');
const MESSAGE_ID_BYTES = 300;
const MESSAGE_ID_END = 0x5d;

/** Behind it, where a text begins with one. */
export function behindMessageId(bytes: Uint8Array, words: DataView, text: number, end: number): number {
  if (!startsWith(words, text, end, MESSAGE_ID)) {
    return text;
  }
  const close = bytes.subarray(text, Math.min(end, text + MESSAGE_ID_BYTES)).indexOf(MESSAGE_ID_END);
  return close < 0 ? text : Math.min(text + close + 2, end);
}
