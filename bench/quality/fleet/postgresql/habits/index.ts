import type { ServerWorld } from '../server-world.ts';
import { appTraffic } from './app-traffic.ts';
import { backupNight } from './backup-night.ts';
import { browsing, lookups } from './browsing.ts';
import { brokenQuotes, leasedRoles, migrations, newcomer, stagingCopy } from './changes.ts';
import { monitoring } from './monitoring.ts';
import { backupHandover, cacheWarming, pagedSync } from './pipelines.ts';
import { reporting } from './reporting.ts';
import { staffWork } from './staff-work.ts';
import { expiredJob, portNoise, reconnectStorm, stalePassword } from './troubles.ts';

/** What goes on at a server on which nothing bad happens. */
export const HABITS: readonly ((world: ServerWorld) => void)[] = [
  appTraffic,
  staffWork,
  backupNight,
  monitoring,
  reporting,
  stalePassword,
  expiredJob,
  reconnectStorm,
  portNoise,
  leasedRoles,
  migrations,
  newcomer,
  stagingCopy,
  brokenQuotes,
  browsing,
  lookups,
  pagedSync,
  cacheWarming,
  backupHandover,
];
