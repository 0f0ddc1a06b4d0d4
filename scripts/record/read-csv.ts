/**
 * Reads csv text into records of unquoted fields, character by character, as RFC 4180 tells.
 * Slow and plain on purpose: it is what the samples' expectations are counted with, apart from the product's parser.
 */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"' && quoted && text[at + 1] === '"') {
      field += '"';
      at++;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (quoted || (character !== ',' && character !== '\n')) {
      field += character;
    } else {
      fields.push(field);
      field = '';
      if (character === '\n') {
        records.push(fields);
        fields = [];
      }
    }
  }
  if (quoted || field !== '' || fields.length > 0) {
    throw new Error('the csv text ends inside a record');
  }
  return records;
}
