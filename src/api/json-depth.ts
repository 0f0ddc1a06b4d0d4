/** Whether a text that may be JSON has more lists and objects in each other than so many; what stands in texts does not count. */
export function isDeeperThan(most: number, json: string): boolean {
  let depth = 0;
  for (const [part] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs)) {
    if (part === '[' || part === '{') {
      depth++;
    } else if (part === ']' || part === '}') {
      depth--;
    }
    if (depth > most) {
      return true;
    }
  }
  return false;
}
