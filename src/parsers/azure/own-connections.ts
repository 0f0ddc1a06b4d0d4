import { byteText, startsWith } from '../../lib/byte-text.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { Span } from '../parser.ts';

/** What is known of where a session came from. */
export const Origin = {
  unknown: 0,
  /** From the machine itself: Azure's agents, its connection pooler. */
  inside: 1,
  outside: 2,
  /** Azure's own user, from inside. */
  azure: 3,
} as const;
export type Origin = (typeof Origin)[keyof typeof Origin];

/** Roles and databases that Azure keeps for itself on each server. */
const OWN_ROLES = new Set(['azuresu', 'azure_superuser', 'azure_pg_admin']);
const OWN_DATABASES = new Set(['azure_maintenance', 'azure_sys']);
/** Addresses that only Azure's own agents come from; empty is the Unix socket. */
const INSIDE = /^(?:127\.0\.0\.1|::1|169\.254\.\d{1,3}\.\d{1,3}|)$/;

/** As much of a name is looked at; longer ones are nobody's of Azure's. */
const MAX_NAME_BYTES = 64;
const AZURE = byteText('azure');
const LOOPBACK = byteText('127.');
const LINK_LOCAL = byteText('169.');
const COLON = 0x3a;
const decoder = new TextDecoder();

/** Whether a role and a database, or one of them, are Azure's own. Nearly none is, which a few bytes tell. */
export function isOwnName(window: ScanWindow, principal: Readonly<Span>, database: Readonly<Span>): boolean {
  return isOneOf(OWN_ROLES, window, principal) || isOneOf(OWN_DATABASES, window, database);
}

function isOneOf(names: ReadonlySet<string>, window: ScanWindow, name: Readonly<Span>): boolean {
  return startsWith(window.words, name.start, name.end, AZURE) && names.has(text(window, name));
}

/** Whether an address is the server's own machine, or that of one of Azure's agents. */
export function isInside(window: ScanWindow, address: Readonly<Span>): boolean {
  const { words, bytes } = window;
  const { start, end } = address;
  const mayBe =
    start === end ||
    bytes[start] === COLON ||
    startsWith(words, start, end, LOOPBACK) ||
    startsWith(words, start, end, LINK_LOCAL);
  return mayBe && INSIDE.test(text(window, address));
}

function text({ bytes }: ScanWindow, { start, end }: Readonly<Span>): string {
  return decoder.decode(bytes.slice(start, Math.min(end, start + MAX_NAME_BYTES)));
}

/** Sessions remembered at a time; the oldest is forgotten first. */
const MAX_SESSIONS = 16_384;
/** Process ids of Linux have 22 bits: with the seconds of the start, a session's name is one exact number. */
const PID_RANGE = 0x40_0000;

/** Where the open sessions of one log came from, as far as their first lines told. */
export interface SessionOrigins {
  of(high: number, low: number): Origin;
  note(high: number, low: number, origin: Origin): void;
  forget(high: number, low: number): void;
  /** By a number that names the session. */
  readonly known: ReadonlyMap<number, Origin>;
  recall(known: ReadonlyMap<number, Origin>): void;
}

export function createSessionOrigins(): SessionOrigins {
  const origins = new Map<number, Origin>();
  const keyOf = (high: number, low: number) => (high >>> 0) * PID_RANGE + (low & (PID_RANGE - 1));

  return {
    of: (high, low) => origins.get(keyOf(high, low)) ?? Origin.unknown,

    note(high, low, origin) {
      const key = keyOf(high, low);
      if (origins.size >= MAX_SESSIONS && !origins.has(key)) {
        for (const oldest of origins.keys()) {
          origins.delete(oldest);
          break;
        }
      }
      origins.set(key, origin);
    },

    forget: (high, low) => void origins.delete(keyOf(high, low)),

    known: origins,

    recall(known) {
      for (const [key, origin] of known) {
        origins.set(key, origin);
      }
    },
  };
}
