/**
 * What a compiled catalogue of GNU gettext says: from each text to its translation.
 * Format: gnu.org/software/gettext/manual/html_node/MO-Files.html.
 */
export function readTranslations(catalogue: Buffer): Map<string, string> {
  const count = catalogue.readUInt32LE(8);
  const originals = catalogue.readUInt32LE(12);
  const translations = catalogue.readUInt32LE(16);
  const textAt = (place: number) => {
    const length = catalogue.readUInt32LE(place);
    const start = catalogue.readUInt32LE(place + 4);
    return catalogue.toString('utf8', start, start + length);
  };
  const said = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    said.set(textAt(originals + 8 * i), textAt(translations + 8 * i));
  }
  return said;
}
