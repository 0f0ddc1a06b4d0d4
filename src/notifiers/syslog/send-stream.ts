import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A receiver that took everything and does not close its side is believed after so long; milliseconds. */
const FAREWELL_MS = 5000;

export interface StreamTarget {
  host: string;
  port: number;
  /** Absent: unencrypted. */
  tls?: { ca?: string; cert?: string; key?: string; serverName?: string };
}

/**
 * Sends bytes on a connection of their own. Syslog acknowledges nothing, so the end of the connection does: the
 * receiver closes its side when it has read as far as our end; a reset or an error before that means that bytes may be
 * lost, and rejects.
 */
export async function sendStream(target: StreamTarget, bytes: Buffer, signal: AbortSignal): Promise<void> {
  const socket = open(target);
  const abort = () => socket.destroy(new Error('the receiver does not answer in time'));
  signal.addEventListener('abort', abort, { once: true });
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  try {
    await once(socket, target.tls === undefined ? 'connect' : 'secureConnect');
    const closed = once(socket.resume(), 'close');
    socket.end(bytes);
    await once(socket, 'finish', { signal });
    const patience = setTimeout(() => socket.destroy(), FAREWELL_MS);
    await closed;
    clearTimeout(patience);
    if (failure !== undefined) {
      throw failure;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

function open({ host, port, tls }: StreamTarget): Socket {
  if (tls === undefined) {
    return connect({ host, port });
  }
  const { serverName, ...pem } = tls;
  const isName = !/^[\d.]+$|:/.test(host);
  const name = serverName ?? (isName ? host : undefined);
  return connectTls({ host, port, minVersion: 'TLSv1.2', ...pem, ...(name !== undefined && { servername: name }) });
}
