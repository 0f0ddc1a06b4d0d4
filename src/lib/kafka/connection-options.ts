import type { ConnectionOptions } from '@platformatic/kafka';
import { guardedFetch } from '../outbound/guarded-fetch.ts';
import type { KafkaConnection, KafkaSasl } from './connection-settings.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** A token is used until so long before its end. */
const TOKEN_MARGIN_MS = 60_000;

export function connectionOptions({ brokers, tls, sasl }: KafkaConnection): ConnectionOptions {
  return {
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(tls !== undefined && { tls: { ...tls }, tlsServerName: true }),
    ...(sasl !== undefined && { sasl: saslOptions(sasl, brokers[0] ?? '') }),
  };
}

function saslOptions(sasl: KafkaSasl, broker: string): NonNullable<ConnectionOptions['sasl']> {
  switch (sasl.mechanism) {
    case 'plain':
      return { mechanism: 'PLAIN', username: sasl.username, password: sasl.password };
    case 'oauthbearer':
      return { mechanism: 'OAUTHBEARER', token: kept(() => askForToken(sasl)) };
    case 'azure-identity':
      return {
        mechanism: 'OAUTHBEARER',
        token: kept(() => azureToken(sasl.scope ?? `https://${hostOf(broker)}/.default`)),
      };
  }
}

interface Token {
  text: string;
  expires: number;
}

/** Every connection asks for the token; the provider is asked when it runs out. */
function kept(get: () => Promise<Token>): () => Promise<string> {
  let token: Token | undefined;
  return async () => {
    if (token === undefined || Date.now() > token.expires - TOKEN_MARGIN_MS) {
      token = await get();
    }
    return token.text;
  };
}

/** RFC 6749, 4.4. */
async function askForToken(sasl: KafkaSasl & { mechanism: 'oauthbearer' }): Promise<Token> {
  const response = await guardedFetch(sasl.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: sasl.clientId,
      client_secret: sasl.clientSecret,
      ...(sasl.scope !== undefined && { scope: sasl.scope }),
    }),
    signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown; expires_in?: unknown };
  if (!response.ok || typeof answer.access_token !== 'string') {
    throw new Error(`${new URL(sasl.tokenUrl).origin} gives no token (HTTP ${response.status})`);
  }
  return { text: answer.access_token, expires: Date.now() + 1000 * (Number(answer.expires_in) || 300) };
}

/** Loaded when needed: it is large, and few use it. */
async function azureToken(scope: string): Promise<Token> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  const { token, expiresOnTimestamp } = await new DefaultAzureCredential().getToken(scope);
  return { text: token, expires: expiresOnTimestamp };
}

function hostOf(broker: string): string {
  return broker.replace(/:\d+$/, '');
}
