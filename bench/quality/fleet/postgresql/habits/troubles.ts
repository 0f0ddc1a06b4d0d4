import { addressOn, lineOf } from '../../addresses.ts';
import { DAY_MS, HOUR_MS, localTime, MINUTE_MS, SECOND_MS, START } from '../../calendar.ts';
import { CARRIERS } from '../../carriers.ts';
import { between, chance, randomOf, waiting, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';

/** A password is rotated, and the service goes on with the old one until somebody looks. */
export function stalePassword(world: ServerWorld): void {
  const random = world.random('stale-password');
  for (let day = whole(random, 3, 14); day < world.days - 3; day += whole(random, 9, 25)) {
    const service = random.pick([world.app, world.backup]);
    const from = localTime(day, between(random, 7, 20), world.company.zone);
    const to = from + between(random, 0.2, service === world.app ? 3 : 20) * HOUR_MS;
    const retryMs = ((to - from) / HOUR_MS) * whole(random, 8, 60) * SECOND_MS;
    const addresses = new Set<string>();
    for (let time = from; time < to; time += retryMs + random.below(500)) {
      const address = service.addressAt(time);
      addresses.add(address);
      for (let connection = whole(random, 1, 3); connection > 0; connection--) {
        world.log.refuse(time + connection * 20, world.client(service.user, service.application, address), 'password');
      }
    }
    world.cases.push({
      title: 'a rotated password loops',
      resource: world.id,
      principals: [service.user],
      addresses: [...addresses],
      from,
      to,
    });
  }
}

/** The server restarts: it is not ready yet, then everybody comes at once, and there is no room for all. */
export function reconnectStorm(world: ServerWorld): void {
  const random = world.random('storm');
  for (let day = whole(random, 2, 12); day < world.days - 2; day += whole(random, 8, 20)) {
    const from = localTime(day, between(random, 6, 23), world.company.zone);
    const client = world.client(world.app.user, world.app.application, world.app.addressAt(from));
    for (let index = 0; index < 120; index++) {
      const time = from + index * 40 + random.below(30);
      if (index < 30) {
        world.log.bare(time, client.address, {
          severity: 'FATAL',
          state: '57P03',
          message: 'the database system is starting up',
        });
      } else if (index > 100) {
        world.log.turnAway(time, client, '53300', 'sorry, too many clients already');
      } else {
        world.log.session(time, client, [{ afterMs: 20, sql: 'SELECT 1' }], 5 * MINUTE_MS);
      }
    }
    world.cases.push({
      title: 'everybody reconnects at once',
      resource: world.id,
      principals: [client.user],
      addresses: [client.address],
      from,
      to: from + 10 * MINUTE_MS,
    });
  }
}

/** Scanners of the internet that only want to know what is there. */
export function portNoise(world: ServerWorld): void {
  if (!world.company.isPublic) {
    return;
  }
  const random = world.random('noise');
  const meanMs = between(random, 4, 30) * HOUR_MS;
  for (let time = START + waiting(random, meanMs); time < world.end; time += waiting(random, meanMs)) {
    const address = addressOn(random, lineOf(random, random.pick(CARRIERS)));
    for (let packet = whole(random, 1, 4); packet > 0; packet--) {
      const isProtocol = chance(random, 0.3);
      world.log.bare(
        time + packet * 800,
        address,
        chance(random, 0.5)
          ? undefined
          : isProtocol
            ? {
                severity: 'FATAL',
                state: '0A000',
                message: 'unsupported frontend protocol 16.0: server supports 3.0 to 3.0',
              }
            : { severity: 'LOG', state: '08P01', message: 'invalid length of startup packet' },
      );
    }
  }
}

/** A job whose password has expired tries every night, and nobody reads its mails. */
export function expiredJob(world: ServerWorld): void {
  const random = world.random('expired');
  if (!chance(random, 0.3)) {
    return;
  }
  const client = world.client('nightly_export', 'export.py', world.backup.addressAt(START));
  const expiryDay = whole(random, 12, 26);
  for (let day = 0; day < world.days - 1; day++) {
    const time = localTime(day, 2.5, world.company.zone) + randomOf(day, 'expired').below(60_000);
    if (day < expiryDay) {
      world.log.session(time, client, [
        { afterMs: 50, sql: `COPY (SELECT id, status FROM ${world.schema.tables[0]!.name}) TO STDOUT` },
      ]);
    } else {
      for (let attempt = 0; attempt < 6; attempt++) {
        world.log.refuse(time + attempt * 10 * MINUTE_MS, client, 'password');
      }
    }
  }
  world.cases.push({
    title: 'an expired password in a nightly job',
    resource: world.id,
    principals: [client.user],
    addresses: [client.address],
    from: START + expiryDay * DAY_MS,
    to: world.end,
  });
}
