import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresqlServer, SUPERUSER, startPostgresql, whyNoPostgresql } from '../../test/servers/postgresql.ts';
import { whyNot } from '../../test/why-not.ts';
import { openStore, type StoreOptions } from './open-store.ts';
import type { Store } from './store.ts';

export { aResource, aWrite, START } from './testkit-rows.ts';

/** The oldest version that is supported, and the newest. */
const MAJORS = [14, 18] as const;

/** A store of a suite of tests. */
export interface StoreUnderTest {
  url: string;
  dialect: 'sqlite' | 'postgresql';
  /** Opened anew for each file of tests. */
  store: Store;
}

/** Runs the tests over a SQLite file and over real PostgreSQL servers; each starts with an empty store. */
export function overEveryStore(name: string, tests: (use: () => StoreUnderTest) => void): void {
  describe(`${name} in SQLite`, () => tests(useSqlite()));
  for (const major of MAJORS) {
    const reason = whyNot(whyNoPostgresql(major));
    describe.skipIf(reason !== undefined)(`${name} in PostgreSQL ${major}`, () => tests(usePostgresql(major)));
  }
}

export function postgresqlUrl(server: PostgresqlServer): string {
  return `postgres://${SUPERUSER.user}:${SUPERUSER.password}@127.0.0.1:${server.port}/postgres`;
}

/** A directory that is removed when the tests of the file are done. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-store-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** All pages of a list, one after the other. */
export async function allPages<T>(
  list: (page: { limit: number; cursor?: string }) => Promise<{ items: T[]; next?: string }>,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

function useSqlite(): () => StoreUnderTest {
  return useStore(
    'sqlite',
    () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'vedette-store-')), 'data', 'vedette.db')}`,
  );
}

function usePostgresql(major: (typeof MAJORS)[number]): () => StoreUnderTest {
  let server: PostgresqlServer | undefined;
  const use = useStore('postgresql', async () => {
    server = await startPostgresql(major);
    return postgresqlUrl(server);
  });
  afterAll(() => server?.stop());
  return use;
}

function useStore(
  dialect: StoreUnderTest['dialect'],
  address: () => string | Promise<string>,
  options?: StoreOptions,
): () => StoreUnderTest {
  let used: StoreUnderTest | undefined;
  beforeAll(async () => {
    const url = await address();
    used = { url, dialect, store: await openStore(url, options) };
  });
  afterAll(async () => {
    await used?.store.close();
    const file = used?.url.startsWith('sqlite:') ? used.url.slice('sqlite:'.length) : undefined;
    if (file !== undefined) {
      rmSync(join(file, '..', '..'), { recursive: true, force: true });
    }
  });
  return () => used!;
}
