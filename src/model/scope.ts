/** The scope above all others. */
export const ROOT_SCOPE = '/';

/** Azure compares ids without letter case, and its two generations of PostgreSQL servers are one to us. */
export function scopeKey(scope: string): string {
  const key = scope.toLowerCase().replace(/\/+/g, '/').replace(/\/$/, '').replace('/flexibleservers/', '/servers/');
  return key === '' ? ROOT_SCOPE : key;
}

/** Whether one scope is another, or holds it; both are keys. */
export function isWithin(inner: string, outer: string): boolean {
  return outer === ROOT_SCOPE || inner === outer || inner.startsWith(`${outer}/`);
}
