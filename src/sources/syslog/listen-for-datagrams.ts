import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { kernelDrops } from './kernel-drops.ts';
import { readMessageHeader } from './message-header.ts';
import { createSequenceWatch } from './sequence-watch.ts';
import type { SyslogListener, SyslogSink } from './syslog.ts';

/** What the kernel may hold for us; it gives less where net.core.rmem_max is lower. */
const RECEIVE_BYTES = 8 << 20;
/** What may wait for the disk: nobody can be asked to send a datagram again. */
const MAX_WAITING_BYTES = 16 << 20;
const DROPS_MS = 5000;

/** Nothing tells a sender that a datagram was lost; here its loss is noticed where that can be. */
export async function listenForDatagrams({ host, port }: SyslogListener, { tally, keep }: SyslogSink) {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BYTES });
  const sequences = createSequenceWatch();
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let keeping: Promise<void> | undefined;

  async function keepAll(): Promise<void> {
    while (waiting.length > 0) {
      const messages = waiting;
      const bytes = waitingBytes;
      waiting = [];
      await keep(messages).catch(() => tally.lost({ what: 'datagrams that could not be kept on disk', bytes }));
      waitingBytes -= bytes;
    }
    keeping = undefined;
  }

  socket.on('message', (message, { address }) => {
    const { sequence } = readMessageHeader(message);
    const missing =
      sequence === undefined ? 0 : sequences.missingBefore(`${address} ${sequence.writer}`, sequence.number);
    if (missing > 0) {
      tally.lost({ what: `datagrams of ${address} that never came, by their numbers`, records: missing });
    }
    if (waitingBytes + message.length > MAX_WAITING_BYTES) {
      tally.lost({
        what: 'datagrams that came faster than they could be kept on disk',
        records: 1,
        bytes: message.length,
      });
      return;
    }
    waiting.push(message);
    waitingBytes += message.length;
    keeping ??= Promise.resolve().then(keepAll);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  socket.on('error', (error) => tally.isWaiting('waiting', error.message));
  const { port: bound } = socket.address();
  let drops = kernelDrops(bound) ?? 0;

  function tellDrops(): void {
    const now = kernelDrops(bound) ?? drops;
    if (now > drops) {
      tally.lost({ what: `datagrams for port ${bound} that the kernel had no room for`, records: now - drops });
    }
    drops = now;
  }

  const watch = setInterval(tellDrops, DROPS_MS).unref();
  return {
    port: bound,
    async close() {
      clearInterval(watch);
      tellDrops();
      socket.close();
      await keeping;
    },
  };
}
