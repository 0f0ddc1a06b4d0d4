import { type ByteText, byteText, startsWith } from '../lib/byte-text.ts';
import { keyKind } from './object-walker.ts';

/** Members of a diagnostic record that we read. */
export const Member = {
  time: 1,
  category: 2,
  principalId: 3,
  tokenUser: 4,
  keyType: 5,
  authTokenType: 6,
  clientIpAddress: 7,
  userAgent: 8,
  databaseName: 9,
  statusCode: 10,
  responseLength: 11,
} as const;

/** Depth 1: the envelope of every Azure diagnostic record. Depth 2: the properties of Cosmos DB's DataPlaneRequests. */
const MEMBERS: readonly (readonly [depth: number, name: string, member: number])[] = [
  [1, 'time', Member.time],
  [1, 'category', Member.category],
  [2, 'aadPrincipalId', Member.principalId],
  [2, 'resourceTokenUserRid', Member.tokenUser],
  [2, 'keyType', Member.keyType],
  [2, 'authTokenType', Member.authTokenType],
  [2, 'clientIpAddress', Member.clientIpAddress],
  [2, 'userAgent', Member.userAgent],
  [2, 'databaseName', Member.databaseName],
  [2, 'statusCode', Member.statusCode],
  [2, 'responseLength', Member.responseLength],
];

interface Candidate {
  depth: number;
  text: ByteText;
  member: number;
}

/** By kind of key: at most a few to compare. */
const candidates: Candidate[][] = [];
/** 1 for each `keyKind` that a member's key has. */
export const MEMBER_KEYS = new Uint8Array(1 << 12);
for (const [depth, name, member] of MEMBERS) {
  const kind = keyKind(name.charCodeAt(0), name.length);
  MEMBER_KEYS[kind] = 1;
  candidates[kind] ??= [];
  candidates[kind].push({ depth, text: byteText(name), member });
}

/** Which `Member` a key is; 0 for all others. */
export function memberOf(words: DataView, depth: number, start: number, end: number): number {
  const found = candidates[keyKind(words.getUint8(start), end - start)]!;
  for (let i = 0; i < found.length; i++) {
    const candidate = found[i]!;
    if (candidate.depth === depth && startsWith(words, start, end, candidate.text)) {
      return candidate.member;
    }
  }
  return 0;
}

const DATA_PLANE_REQUESTS = byteText('DataPlaneRequests');

export function isDataPlaneRequests(words: DataView, start: number, end: number): boolean {
  return end - start === DATA_PLANE_REQUESTS.length && startsWith(words, start, end, DATA_PLANE_REQUESTS);
}

/** The whole part of a decimal number; 0 when the text is none. Azure writes numbers as strings. */
export function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    const digit = bytes[p]! - 48;
    if (digit < 0 || digit > 9) {
      break;
    }
    value = value * 10 + digit;
  }
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
