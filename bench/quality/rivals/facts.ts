import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Truth } from '../fleet/label.ts';

/** What the rivals are told of one record: as much as a pipeline of regular expressions gets out of a log. */
export interface Fact {
  time: number;
  kind: 'login' | 'failure' | 'statement' | 'request' | 'keys';
  principal: string;
  address: string;
  application: string;
  /** A statement without its literals; else empty. */
  shape: string;
  /** Bytes sent, or rows as far as they are told. */
  volume: number;
}

/** Leading fields of csvlog: time, user, client, severity, state, message. */
const ROW =
  /^(\S+ \S+) UTC,(?:"((?:[^"]|"")*)")?,(?:"[^"]*")?,\d+,"([^"]*):\d+",[^,]*,\d+,"[^"]*",[^,]*,[^,]*,\d+,(\w+),(\w+),"((?:[^"]|"")*)".*,"([^"]*)","[^"]*",,\d*$/;

/** All facts of a resource in order of time. */
export function readFacts(folder: string, { id, kind }: Truth['resources'][number]): Fact[] {
  const facts: Fact[] = [];
  for (const name of globSync(kind === 'postgresql' ? '*.csv' : '*.json', { cwd: join(folder, id) }).sort()) {
    const lines = readFileSync(join(folder, id, name), 'utf8').split('\n');
    for (const line of lines) {
      const fact = line === '' ? undefined : kind === 'postgresql' ? factOfRow(line) : factOfRequest(line);
      if (fact) {
        facts.push(fact);
      }
    }
  }
  return facts.sort((a, b) => a.time - b.time);
}

function factOfRow(line: string): Fact | undefined {
  const row = ROW.exec(line) ?? ROW.exec(`${line}","","client backend",,0`); // a refusal goes on in another line
  if (row === null) {
    return undefined;
  }
  const [, at, principal, address, severity, state, message, application] = row as readonly (string | undefined)[];
  const fact = {
    time: Date.parse(`${at!.replace(' ', 'T')}Z`),
    principal: principal ?? '',
    address: address!,
    application: application ?? '',
    shape: '',
    volume: 0,
  };
  if (severity === 'FATAL' && state!.startsWith('28')) {
    return { ...fact, kind: 'failure' };
  }
  if (message!.startsWith('connection authorized')) {
    return {
      ...fact,
      kind: 'login',
      application: /application_name=(.*?)(?: SSL enabled.*)?$/.exec(message!)?.[1] ?? '',
    };
  }
  const statement =
    /^(?:duration: [\d.]+ ms {2})?(?:statement|execute <unnamed>): (.*)/s.exec(message!) ??
    /^AUDIT: SESSION,\d+,\d+,\w+,[\w ]+,,,(.*),<not logged>,(\d+)$/s.exec(message!);
  return statement === null
    ? undefined
    : { ...fact, kind: 'statement', shape: shapeOf(statement[1]!), volume: Number(statement[2] ?? 1) };
}

function shapeOf(sql: string): string {
  return sql
    .replace(/'[^']*'/g, '?')
    .replace(/\b\d+\b/g, '?')
    .slice(0, 300);
}

interface AzureRecord {
  time: string;
  category: string;
  callerIpAddress?: string;
  identity?: { claims: Record<string, string> };
  properties: Record<string, string>;
}

function factOfRequest(line: string): Fact | undefined {
  const { time, category, properties, callerIpAddress = '', identity } = JSON.parse(line) as AzureRecord;
  const fact = { time: Date.parse(time), application: '', shape: '', volume: 0 };
  if (category === 'Administrative') {
    const principal = Object.entries(identity?.claims ?? {}).find(([name]) => name.endsWith('/upn'))?.[1] ?? '';
    return { ...fact, kind: 'keys', principal, address: callerIpAddress };
  }
  if (category === 'QueryRuntimeStatistics') {
    return undefined;
  }
  const { statusCode, aadPrincipalId, keyType, clientIpAddress, userAgent, responseLength } = properties as Record<
    string,
    string
  >;
  const isRefused = statusCode === '401' || statusCode === '403';
  return {
    ...fact,
    kind: isRefused ? 'failure' : 'request',
    principal: aadPrincipalId! || keyType!,
    address: clientIpAddress!,
    application: userAgent!,
    volume: Number(responseLength),
  };
}
