/** `Tor` as a word of its own, also in `tor_exits`, `TorExitNodes` and `torbulkexitlist`; not in `actor` or `torrent`. */
const TOR = /(?:^|[^a-z])tor(?:$|[^a-z]|bulk|exit|list|node|project|relay)/i;
/** What a file of Tor's own exits may be called without its name. */
const EXITS = /exit[-_ ]?(?:address|node|list|relay)/i;
/** A heading that names Tor to say that it is not in the list. */
const WITHOUT = /\b(?:exclud|except|not?\b|without)/i;

/** Whether a file is called like a list of Tor exits. */
export function isTorFileName(name: string): boolean {
  return TOR.test(name) || EXITS.test(name);
}

/** Whether a note, a name or a label says that an address belongs to Tor. */
export function saysTor(text: string): boolean {
  return TOR.test(text);
}

/** Whether a comment at the head of a list says that it is one of Tor exits. */
export function isTorHeading(comment: string): boolean {
  return TOR.test(comment) && /exit|node|relay/i.test(comment) && !WITHOUT.test(comment);
}
