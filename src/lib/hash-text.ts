/** Number that stands for a text, of 32 bits: FNV-1a over its UTF-16 units. For counting apart, not for trusting. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash;
}
