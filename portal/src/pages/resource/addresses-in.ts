/** E-mail addresses that a person wrote below or beside each other; an empty line at the end stays, to be written in. */
export function addressesIn(text: string): string[] {
  return text.split(/[\n,;]/).map((line) => line.trimStart());
}
