/** Parts of a name that have a digit, or more than 15 characters, are made by machines. */
const MADE_UP = /(?<![^-_.])(?:[^-_.\d]*\d[^-_.]*|[^-_.]{16,})/g;

/**
 * What names that a machine makes up have in common: `v-token-readonly-x7Gq2-1767600000` → `v-token-readonly-*-*`,
 * `app_17` → `app_*`. Any other name is a family of its own, as are names with a domain and those without a word.
 */
export function principalFamilyOf(name: string): string {
  if (domainOf(name) !== undefined) {
    return name;
  }
  const family = name.replace(MADE_UP, '*');
  return /[A-Za-z]{2}/.test(family) || /\p{L}{2}/u.test(family) ? family : name;
}

/** The domain of `anna@example.com` or `EXAMPLE\anna`, lower-cased; undefined for a name without one. */
export function domainOf(name: string): string | undefined {
  if (!name.includes('@') && !name.includes('\\')) {
    return undefined; // nearly all
  }
  const [, before, after] = /^([^\\@]+)\\[^\\]+$|^[^@]+@([^@]+)$/.exec(name) ?? [];
  return (before ?? after)?.toLowerCase();
}
