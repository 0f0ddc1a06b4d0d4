/** What rotation and packing append to a name. */
const PACKED = /\.(?:gz|zst)$/;

/**
 * What a path has in common with those of the files before and after it, whichever way they are rotated: `shop.json` of
 * `shop.json`, `shop.json.1` and `shop.json-20261129.gz`.
 */
export function chainOf(path: string): string {
  return path
    .replace(PACKED, '')
    .replace(/\d+/g, '')
    .replace(/[-._]+$/, '');
}
