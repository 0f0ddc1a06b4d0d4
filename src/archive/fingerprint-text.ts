const DIGITS = 16;
const HEX = /^[0-9a-f]{16}$/i;

/** A fingerprint as people see it: 16 hexadecimal digits. */
export function fingerprintText(fingerprint: bigint): string {
  return BigInt.asUintN(64, fingerprint).toString(16).padStart(DIGITS, '0');
}

/** The number behind it; undefined for what is none. */
export function parseFingerprint(text: string): bigint | undefined {
  return HEX.test(text) ? BigInt.asIntN(64, BigInt(`0x${text}`)) : undefined;
}
