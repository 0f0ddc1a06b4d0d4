/** Whether a text fits a pattern with `*` for anything, in any letter case; linear in both, whatever they hold. */
export function fitsWildcard(pattern: string, text: string): boolean {
  const name = text.toLowerCase();
  const [first, ...rest] = pattern.toLowerCase().split('*');
  if (rest.length === 0) {
    return first === name;
  }
  const last = rest.pop()!;
  let from = first!.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return name.startsWith(first!) && name.endsWith(last) && name.length - last.length >= from;
}
