/** Who asks. */
export type Credentials = { user: string; password: string } | { token: string };

/** The header by which one signs in: Basic (RFC 7617) or Bearer (RFC 6750). */
export function authorizationOf(credentials: Credentials): string {
  return 'token' in credentials
    ? `Bearer ${credentials.token}`
    : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
}
