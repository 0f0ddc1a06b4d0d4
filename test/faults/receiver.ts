import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who is told of alerts by webhook. */
export interface Receiver {
  url: string;
  /** Ids of the messages that came, each counted. */
  readonly told: ReadonlyMap<string, number>;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const told = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    request.resume().once('end', () => {
      told.set(id, (told.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    told,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
