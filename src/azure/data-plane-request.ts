import { type ByteText, byteText, startsWith } from '../lib/byte-text.ts';
import type { WantedKeys } from './object-walker.ts';

/** Members of a diagnostic record that we read: places in `ObjectWalker.found`. */
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
  operationName: 12,
  collectionName: 13,
} as const;

interface Wanted {
  depth: number;
  text: ByteText;
  member: number;
}

const wanted = (depth: number, name: string, member: number): Wanted => ({ depth, text: byteText(name), member });

/** Depth 1: the envelope of every Azure diagnostic record. Depth 2: the properties of Cosmos DB's DataPlaneRequests. */
const MEMBERS: readonly Wanted[] = [
  wanted(1, 'time', Member.time),
  wanted(1, 'category', Member.category),
  wanted(2, 'aadPrincipalId', Member.principalId),
  wanted(2, 'resourceTokenUserRid', Member.tokenUser),
  wanted(2, 'keyType', Member.keyType),
  wanted(2, 'authTokenType', Member.authTokenType),
  wanted(2, 'clientIpAddress', Member.clientIpAddress),
  wanted(2, 'userAgent', Member.userAgent),
  wanted(2, 'databaseName', Member.databaseName),
  wanted(2, 'statusCode', Member.statusCode),
  wanted(2, 'responseLength', Member.responseLength),
  wanted(1, 'operationName', Member.operationName),
  wanted(2, 'collectionName', Member.collectionName),
];

/** The member for each mix of a key's first word and length; most keys have none. */
const byMix = new Map(MEMBERS.map((member) => [mix(member.text.words[0]!, member.text.length), member]));
const TABLE: readonly (Wanted | undefined)[] = Array.from({ length: 256 }, (_, i) => byMix.get(i));
if (byMix.size !== MEMBERS.length) {
  throw new Error('two members of a diagnostic record have the same mix');
}

function mix(firstWord: number, length: number): number {
  return (Math.imul(firstWord, 0x9e3779b1) >>> 24) ^ length;
}

export const DATA_PLANE_MEMBERS: WantedKeys = {
  count: MEMBERS.length,
  find(words, depth, start, length) {
    const candidate = TABLE[mix(words.getInt32(start, true), length)];
    if (candidate === undefined || candidate.text.length !== length || candidate.depth !== depth) {
      return 0;
    }
    return startsWith(words, start, start + length, candidate.text) ? candidate.member : 0;
  },
};

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
