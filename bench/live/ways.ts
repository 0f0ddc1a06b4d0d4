import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const TOO_MANY = 429;

/** A way in for the log of one resource. */
export interface Way {
  name: string;
  send(text: string): void;
  /** Resolves when all was taken; rejects when something never will be. */
  idle(): Promise<void>;
}

/** A log file that grows. */
export function byFile(path: string): Way {
  return {
    name: 'file-tail',
    send: (text) => appendFileSync(path, text),
    idle: async () => {},
  };
}

/** Requests behind each other, each sent again as long as it is not taken. */
export function byPush(url: string, token: string): Way {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
  let last: Promise<void> = Promise.resolve();

  async function push(body: string): Promise<void> {
    for (;;) {
      const answer = await fetch(url, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      if (answer.ok) {
        return;
      }
      if (answer.status !== TOO_MANY) {
        throw new Error(`the push was answered by ${answer.status}`);
      }
      await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
    }
  }

  return {
    name: 'http-push',
    send(text) {
      last = last.then(() => push(text));
      last.catch(() => {}); // told when it is waited for
    },
    idle: () => last,
  };
}
