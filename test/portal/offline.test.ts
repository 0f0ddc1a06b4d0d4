import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';
import { quickstart, type Served, serveConfig } from './served.ts';

const reason = whyNot(whyNoBrowser());

/** A way to the server that can be cut. */
interface Way {
  port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

async function wayTo(port: number): Promise<Way> {
  const sockets = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at: number) => new Promise<void>((resolve) => door.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (door.address() as { port: number }).port;
  return {
    port: own,
    cut: () =>
      new Promise((resolve) => {
        door.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
    mend: () => listen(own),
  };
}

/** The quickstart's server, reached by the way. */
async function served(): Promise<{ way: Way; server: Served }> {
  const server = await serveConfig(quickstart());
  const way = await wayTo(Number(new URL(server.url).port));
  const at = (url: string) => url.replace(server.url, `http://127.0.0.1:${way.port}`);
  return { way, server: { ...server, url: at(server.url), ownerLink: at(server.ownerLink) } };
}

describe.skipIf(reason !== undefined)('a server that is away for a while', { timeout: 180_000 }, () => {
  let portal: OpenPortal;
  let way: Way;

  beforeAll(async () => {
    const those = await served();
    ({ way } = those);
    portal = await openPortal(Promise.resolve(those.server));
  }, 180_000);
  afterAll(async () => {
    await portal?.close();
    await way?.cut();
  });

  it('is told of, while what was there stays; all is brought up to date when it is back', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/alerts`);
    const row = page.getByRole('link', { name: 'Suspected successful brute force attack' });
    await row.waitFor();
    await way.cut();
    await page.getByText('The server does not answer.').waitFor();
    expect(await row.count()).toBe(1);
    expect(await faultsOf(page)).toEqual([]);

    await way.mend();
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('Logs of every resource').first().waitFor();
  });

  it('is told of where something was to be done', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'Suspected successful brute force attack' }).click();
    await page.getByRole('heading', { name: 'What is usual, and what was seen' }).waitFor();
    await way.cut();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Is it running, and is this machine online?').first().waitFor();
    await way.mend();
    await page.getByRole('button', { name: 'Resolve' }).click();

    await page.getByText('Resolved').first().waitFor();
  });
});
