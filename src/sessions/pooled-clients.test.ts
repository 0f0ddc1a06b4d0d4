import { describe, expect, it } from 'vitest';
import { onlyAddress, PooledClients } from './pooled-clients.ts';

const SERVER_SIDE = [900, 4444] as const;

function linked(): PooledClients {
  const clients = new PooledClients();
  clients.link('shop/app', ...SERVER_SIDE);
  return clients;
}

/** Who is behind the connection at a time. */
function behind(clients: PooledClients, time: number): number | undefined {
  return onlyAddress(clients.poolAt(...SERVER_SIDE)!, time);
}

describe('the address behind a pooled connection', () => {
  it('is that of the only client', () => {
    const clients = linked();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    expect(behind(clients, 1000)).toBe(11);
  });

  it('is that of several clients at one address', () => {
    const clients = linked();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    clients.arrive(0, 2, 'shop/app', 11, 1000);
    clients.leave(0, 1, 1500, true);
    expect(behind(clients, 9000)).toBe(11);
  });

  it('is not told when clients are at two', () => {
    const clients = linked();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    clients.arrive(0, 2, 'shop/app', 12, 1000);
    expect(behind(clients, 1000)).toBeUndefined();
  });

  it('has nothing to do with the clients of other pools', () => {
    const clients = linked();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    clients.arrive(0, 2, 'shop/analyst', 12, 1000);
    expect(behind(clients, 1000)).toBe(11);
  });

  it('may be that of a client that left two seconds ago, unless it was refused', () => {
    const clients = linked();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    clients.arrive(0, 2, 'shop/app', 12, 1000);
    clients.arrive(0, 3, 'shop/app', 13, 1000);
    clients.leave(0, 2, 2000, true);
    clients.leave(0, 3, 2000, false);
    expect([behind(clients, 4000), behind(clients, 4001)]).toEqual([undefined, 11]);
  });

  it('is not told when nobody is there, or the pooler forgot a client', () => {
    const clients = linked();
    expect(behind(clients, 1000)).toBeUndefined();
    clients.arrive(0, 1, 'shop/app', 11, 1000);
    clients.arrive(0, 1, 'shop/app', 12, 5000); // the same place in memory: the first one has gone
    expect([behind(clients, 5000), behind(clients, 9000)]).toEqual([undefined, 12]);
  });

  it('is not told any more when there are too many clients to remember', () => {
    const clients = linked();
    for (let low = 1; low <= 65_537; low++) {
      clients.arrive(1, low, 'shop/app', 11, 1000);
    }
    expect(behind(clients, 1000)).toBeUndefined();
  });

  it('is unknown at other ports, and after a restart', () => {
    const clients = linked();
    expect(clients.poolAt(900, 4445)).toBeUndefined();
    clients.restart();
    expect(clients.poolAt(...SERVER_SIDE)).toBeUndefined();
  });
});

it('holds the ids of addresses that it may tell', () => {
  const clients = linked();
  clients.arrive(0, 1, 'shop/app', 11, 1000);
  const held = new Set<number>();
  clients.hold({ address: (id) => void held.add(id) });
  expect([...held].sort((a, b) => a - b)).toEqual([11, 900]);
});

it('remembers a bounded number of pools', () => {
  const clients = linked();
  for (let i = 0; i < 10_000; i++) {
    clients.arrive(2, i + 1, `db${i}/app`, 11, 1000);
  }
  clients.arrive(0, 1, 'shop/app', 12, 1000);
  clients.link('shop/app', ...SERVER_SIDE);
  expect(behind(clients, 1000)).toBeUndefined(); // an earlier pool of that name was forgotten with its clients
});
