import { MINUTE_MS, START } from '../../calendar.ts';
import { whole } from '../../draws.ts';
import { eachHour, type ServerWorld } from '../server-world.ts';

/** An agent that reads statistics over and over, and a load balancer that only knocks. */
export function monitoring(world: ServerWorld): void {
  const random = world.random('monitoring');
  const everyMs = whole(random, 15, 40) * MINUTE_MS;
  const address = world.company.isPublic
    ? world.backup.addressAt(START)
    : `10.9.${random.below(200)}.${3 + random.below(200)}`;
  const client = world.client(
    'monitoring',
    random.pick(['postgres_exporter', 'datadog-agent', 'zabbix']),
    address,
    'postgres',
  );
  const steps = [
    'SELECT datname, numbackends, xact_commit, xact_rollback FROM pg_stat_database',
    'SELECT count(*) FROM pg_stat_activity',
    "SELECT name, setting FROM pg_settings WHERE name = 'max_connections'",
    'SELECT relname, n_live_tup, n_dead_tup FROM pg_stat_user_tables',
  ].map((sql) => ({ afterMs: 5, sql, rows: 4 }));
  for (let time = START + random.below(everyMs); time < world.end; time += everyMs) {
    world.log.session(time, client, steps);
  }
  if (random.fraction() < 0.3) {
    const balancer = world.company.isPublic ? world.app.addressAt(START) : address;
    const isHttp = random.fraction() < 0.4;
    eachHour(world, (hour) => {
      for (let knock = 0; knock < 12; knock++) {
        world.log.bare(
          hour + knock * 5 * MINUTE_MS,
          balancer,
          isHttp ? { severity: 'LOG', state: '08P01', message: 'invalid length of startup packet' } : undefined,
        );
      }
    });
  }
}
