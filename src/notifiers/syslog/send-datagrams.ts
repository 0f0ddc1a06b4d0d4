import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** So long a refusal takes to come back from a machine where nobody listens; milliseconds. */
const REFUSAL_MS = 150;

/** Messages that are sent at once, and the pause behind them in milliseconds: receivers buffer some hundred kilobytes. */
const AT_ONCE = 20;
const PAUSE_MS = 5;

/** Sends each message as a datagram. Nobody tells whether they arrive; that nobody listens is told by some machines. */
export async function sendDatagrams(host: string, port: number, messages: readonly Buffer[]): Promise<void> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  try {
    await new Promise<void>((done) => socket.connect(port, address, done));
    for (const [i, message] of messages.entries()) {
      if (i > 0 && i % AT_ONCE === 0) {
        await pause(PAUSE_MS);
      }
      await new Promise<void>((done, failed) => socket.send(message, (error) => (error ? failed(error) : done())));
    }
    await pause(REFUSAL_MS);
    if (failure !== undefined) {
      throw failure;
    }
  } finally {
    socket.close();
  }
}
