import { firstTables } from './0001-first-tables.ts';
import { health } from './0002-health.ts';
import { archive } from './0003-archive.ts';
import { decisions } from './0004-decisions.ts';
import { scopesAndSizes } from './0005-scopes-and-sizes.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. */
export const migrations: readonly Migration[] = [firstTables, health, archive, decisions, scopesAndSizes];
