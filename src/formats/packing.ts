/** What packed files begin with, and what is to be done with them. */
const PACKINGS: readonly { name: string; head: readonly number[]; advice: string }[] = [
  { name: 'gzip', head: [0x1f, 0x8b, 0x08], advice: 'let its name end in .gz' },
  { name: 'Zstandard', head: [0x28, 0xb5, 0x2f, 0xfd], advice: 'let its name end in .zst' },
  ...[
    { name: 'bzip2', head: [0x42, 0x5a, 0x68] },
    { name: 'xz', head: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
    { name: 'LZ4', head: [0x04, 0x22, 0x4d, 0x18] },
    { name: 'ZIP', head: [0x50, 0x4b, 0x03, 0x04] },
    { name: '7-Zip', head: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  ].map((packing) => ({ ...packing, advice: 'unpack it, or pack it with gzip or Zstandard' })),
];

/** What a file is packed with that its name does not say, and what to do about it; undefined where it is not. */
export function packingOf(bytes: Uint8Array): string | undefined {
  const packing = PACKINGS.find(({ head }) => head.every((byte, i) => bytes[i] === byte));
  return packing && `is packed with ${packing.name}; ${packing.advice}`;
}
