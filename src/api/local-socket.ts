import type { Socket } from 'node:net';

const local = new WeakSet<object>();

/** Remembers that a connection came in by the server's own socket, which only its owner may write to. */
export function markLocalSocket(socket: Socket): void {
  local.add(socket);
}

export function isLocalSocket(socket: object): boolean {
  return local.has(socket);
}
