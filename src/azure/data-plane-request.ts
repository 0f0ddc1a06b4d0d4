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
  bytes: Uint8Array;
  member: number;
}

/** By depth, length and first byte: at most a few to compare. */
const candidates: Candidate[][] = [];
for (const [depth, name, member] of MEMBERS) {
  const bytes = new TextEncoder().encode(name);
  const at = slot(depth, bytes.length, bytes[0]!);
  candidates[at] ??= [];
  candidates[at].push({ bytes, member });
}

function slot(depth: number, length: number, first: number): number {
  return ((depth & 3) << 12) | ((length & 31) << 7) | (first & 127);
}

/** Which `Member` a key is; 0 for all others. */
export function memberOf(bytes: Uint8Array, depth: number, start: number, end: number): number {
  const found = candidates[slot(depth, end - start, bytes[start]!)];
  if (found === undefined) {
    return 0;
  }
  for (const candidate of found) {
    if (isEqual(bytes, start, end, candidate.bytes)) {
      return candidate.member;
    }
  }
  return 0;
}

function isEqual(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) {
    return false;
  }
  for (let i = 0; i < text.length; i++) {
    if (bytes[start + i] !== text[i]) {
      return false;
    }
  }
  return true;
}

const DATA_PLANE_REQUESTS = new TextEncoder().encode('DataPlaneRequests');

export function isDataPlaneRequests(bytes: Uint8Array, start: number, end: number): boolean {
  return isEqual(bytes, start, end, DATA_PLANE_REQUESTS);
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
