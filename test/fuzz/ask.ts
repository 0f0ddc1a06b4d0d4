import { type Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FuzzRequest } from './request-of.ts';

/** An answer that takes longer is taken for none: generous, for machines that are busy. Milliseconds. */
const PATIENCE_MS = 60_000;

export interface FuzzAnswer {
  /** 0: there was none in time. */
  status: number;
  /** JSON, where it is such; of an endless stream nothing. */
  body: unknown;
  /** Of JSON and text, for messages. */
  text: string;
  etag?: string;
}

/** Sends a request to a socket of the server. */
export async function ask(
  socketPath: string,
  agent: Agent,
  { method, path, query, headers, payload }: FuzzRequest,
): Promise<FuzzAnswer> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const options = { socketPath, agent, method, path: path + query, headers, signal };
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(options, resolve).once('error', reject).end(payload);
    });
    const { statusCode: status = 0 } = answer;
    const { 'content-type': type = '', etag } = answer.headers;
    if (type.startsWith('text/event-stream')) {
      answer.destroy();
      return { status, body: undefined, text: type };
    }
    const told = await text(answer);
    return { status, body: parsed(type, told), text: told.slice(0, 300), ...(etag !== undefined && { etag }) };
  } catch (error) {
    return { status: 0, body: undefined, text: String(error) };
  }
}

function parsed(type: string, told: string): unknown {
  return /^application\/(?:\S+\+)?json\b/.test(type) && told !== '' ? JSON.parse(told) : undefined;
}
