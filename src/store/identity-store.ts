import type { Precondition } from './change.ts';

/** A person who signs in here or through an OpenID provider. Times are milliseconds since the epoch. */
export interface User {
  id: string;
  /** Unique, lower-cased. */
  name: string;
  displayName: string;
  email?: string;
  /** Absent for those who only sign in elsewhere. */
  passwordHash?: string;
  /** Who they are at an OpenID provider: unique together. */
  issuer?: string;
  subject?: string;
  disabled: boolean;
  failedAttempts: number;
  lockedUntil?: number;
  createdTime: number;
  lastSignInTime?: number;
  etag: string;
}

export interface Session {
  /** SHA-256 of the cookie's value, hex. */
  idHash: string;
  userId: string;
  createdTime: number;
  lastUsedTime: number;
  expiresTime: number;
  address?: string;
  userAgent?: string;
  /** What sign-in needs to remember: CSRF secret, id token. */
  facts: Readonly<Record<string, string>>;
}

/**
 * `api`: for scripts, acts as its principal. `ingest`: may only push records of its scope. `sign-in`: the one-time link.
 */
export type TokenKind = 'api' | 'ingest' | 'sign-in';

export interface ApiToken {
  id: string;
  kind: TokenKind;
  name: string;
  /** SHA-256 of the secret, hex: unique. */
  hash: string;
  /** User or service principal that it acts as; absent for ingest tokens. */
  principalId?: string;
  /** Lower-cased id that it is limited to; empty: no limit of its own. */
  scope: string;
  createdTime: number;
  expiresTime?: number;
  lastUsedTime?: number;
  revokedTime?: number;
}

export interface ServicePrincipal {
  /** Client id: what people configure. */
  appId: string;
  objectId: string;
  tenantId: string;
  displayName: string;
  disabled: boolean;
  /** Hashes of secrets, each with an end of its own. */
  secrets: readonly { id: string; hash: string; hint: string; createdTime: number; expiresTime: number }[];
  createdTime: number;
  lastUsedTime?: number;
  etag: string;
}

export interface RoleAssignment {
  id: string;
  principalId: string;
  principalKind: 'user' | 'servicePrincipal';
  role: 'Security Reader' | 'Security Admin' | 'Owner';
  /** Lower-cased id; `/` for everything. */
  scope: string;
  createdTime: number;
  createdBy: string;
}

/** Signs access tokens; a retired one still verifies until it expires. */
export interface SigningKey {
  kid: string;
  algorithm: string;
  /** JWK. */
  publicKey: unknown;
  /** JWK, or what seals it. */
  privateKey: unknown;
  createdTime: number;
  /** From when on it signs no more. */
  retiresTime: number;
  /** From when on it verifies no more. */
  expiresTime: number;
}

export type NewUser = Omit<User, 'etag'>;
export type NewServicePrincipal = Omit<ServicePrincipal, 'etag'>;

export interface UserStore {
  get(id: string): Promise<User | undefined>;
  byName(name: string): Promise<User | undefined>;
  bySubject(issuer: string, subject: string): Promise<User | undefined>;
  /** By name. */
  list(): Promise<User[]>;
  put(user: NewUser, precondition?: Precondition): Promise<User>;
  /** With sessions, tokens and role assignments. */
  remove(id: string, precondition?: Precondition): Promise<void>;
  /** Counts one more failed attempt and returns how many there are now; 0 for an unknown user. */
  countFailure(id: string, lockedUntil?: number): Promise<number>;
  /** Forgets failures and locks. */
  signedIn(id: string, time: number): Promise<void>;
}

export interface SessionStore {
  get(idHash: string): Promise<Session | undefined>;
  put(session: Session): Promise<void>;
  touch(idHash: string, time: number, expiresTime: number): Promise<void>;
  remove(idHash: string): Promise<void>;
  removeOf(userId: string): Promise<number>;
  prune(time: number): Promise<number>;
}

export interface TokenStore {
  byHash(hash: string): Promise<ApiToken | undefined>;
  get(id: string): Promise<ApiToken | undefined>;
  /** Newest first. */
  list(filter: { kind?: TokenKind; principalId?: string }): Promise<ApiToken[]>;
  add(token: ApiToken): Promise<void>;
  used(id: string, time: number): Promise<void>;
  /** False where it was revoked or used up before: of two who redeem a one-time link, one wins. */
  revoke(id: string, time: number): Promise<boolean>;
}

export interface ServicePrincipalStore {
  get(appId: string): Promise<ServicePrincipal | undefined>;
  list(): Promise<ServicePrincipal[]>;
  put(principal: NewServicePrincipal, precondition?: Precondition): Promise<ServicePrincipal>;
  used(appId: string, time: number): Promise<void>;
  /** With tokens and role assignments. */
  remove(appId: string, precondition?: Precondition): Promise<void>;
}

export interface RoleStore {
  of(principalId: string): Promise<RoleAssignment[]>;
  list(): Promise<RoleAssignment[]>;
  /** The same principal, role and scope twice is one assignment; returns the one there is. */
  assign(assignment: RoleAssignment): Promise<RoleAssignment>;
  remove(id: string): Promise<boolean>;
}

export interface KeyStore {
  /** Those that still verify at that time, newest first. */
  list(time: number): Promise<SigningKey[]>;
  add(key: SigningKey): Promise<void>;
  prune(time: number): Promise<number>;
  /** A token that is not to be believed though it is not expired. */
  revoke(tokenId: string, expiresTime: number): Promise<void>;
  isRevoked(tokenId: string): Promise<boolean>;
}

export interface IdentityStore {
  users: UserStore;
  sessions: SessionStore;
  tokens: TokenStore;
  servicePrincipals: ServicePrincipalStore;
  roles: RoleStore;
  keys: KeyStore;
}
