import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Publisher, updateDataFile } from './update-data-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'vedette-data-'));
const file = join(directory, 'lists', 'tor.txt');
let body = '192.0.2.1\n192.0.2.2\n';
let checksum = '';
let requests: (string | undefined)[] = [];
let publisher: Publisher;

const server = createServer((request, response) => {
  if (request.url === '/sums') {
    response.end(`${checksum}  other.txt\n${createHash('sha256').update(body).digest('hex')}  tor.txt\n`);
    return;
  }
  if (request.url === '/gone') {
    response.writeHead(500).end();
    return;
  }
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  requests.push(request.headers['if-none-match']);
  const isKnown = request.headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  publisher = { kind: 'reputation', url: `${origin}/tor.txt`, file, sha256Url: `${origin}/sums` };
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

it('fetches a file once, and again when there is a newer one', async () => {
  expect(await updateDataFile(publisher)).toEqual({ state: 'updated', bytes: 20 });
  expect(await updateDataFile(publisher)).toEqual({ state: 'unchanged' });
  body = '192.0.2.3\n';
  expect(await updateDataFile(publisher)).toEqual({ state: 'updated', bytes: 10 });
  expect(readFileSync(file, 'utf8')).toBe(body);
  expect(readdirSync(join(directory, 'lists')).sort((a, b) => a.localeCompare(b))).toEqual([
    'tor.txt',
    'tor.txt.source.json',
  ]);
});

it('fetches a file that was damaged meanwhile', async () => {
  writeFileSync(file, 'x');
  requests = [];

  expect(await updateDataFile(publisher)).toMatchObject({ state: 'updated' });
  expect(requests).toEqual([undefined]);
});

it.each<[string, () => Partial<Publisher>, number?]>([
  ['answers 500', () => ({ url: publisher.url.replace('tor.txt', 'gone') })],
  ['does not have the checksum', () => ({ url: publisher.url.replace('tor.txt', 'other.txt') })],
  ['sends more than 5 bytes', () => ({}), 5],
  ['does not answer', () => ({ url: 'http://127.0.0.1:1/x' })],
])('keeps the file when the publisher %s', async (reason, changed, maxBytes) => {
  body = '192.0.2.9\n';
  checksum = '0'.repeat(64);
  const before = readFileSync(file, 'utf8');

  await expect(
    updateDataFile({ ...publisher, ...changed() }, maxBytes === undefined ? {} : { maxBytes }),
  ).rejects.toThrow(reason);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(readdirSync(join(directory, 'lists'))).toHaveLength(2);
});

it('keeps the file when the new one is no data of its kind', async () => {
  body = '{"not": "a city database"}';
  const geo = join(directory, 'geo', 'city.mmdb');

  await expect(updateDataFile({ ...publisher, kind: 'geo', file: geo })).rejects.toThrow('city.mmdb');
  expect(readdirSync(join(directory, 'geo'))).toEqual([]);
});
