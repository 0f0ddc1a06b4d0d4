import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noticeOf, SURROUNDINGS } from '../testkit.ts';
import { webhook } from './webhook.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

let server: Server;
let url: string;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answer: { status: number; headers?: Record<string, string>; breaksOff?: true };

beforeEach(async () => {
  received = [];
  answer = { status: 204 };
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers);
      response.write('{', () => (answer.breaksOff ? response.destroy() : response.end()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

async function tell(settings: object = {}) {
  const clock = () => Date.now(); // receivers refuse old signatures
  const channel = webhook.open({ url, secret: SECRET, ...settings }, { ...SURROUNDINGS, clock });
  await channel.deliver([noticeOf()], AbortSignal.timeout(10_000));
  return received.at(-1)!;
}

describe('a notice', () => {
  it('is signed, so that the receiver knows it', async () => {
    const { headers, body } = await tell();

    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      name: noticeOf().alert.name,
    });
    expect(headers['webhook-id']).toBe('id-1');
  });

  it('is signed with both secrets while they change', async () => {
    const { headers, body } = await tell({ previousSecret: OLD_SECRET });

    expect(() => new Webhook(OLD_SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
    expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
  });

  it.each([
    ['azure', 'properties.alertType', 'SQL.PostgreSQL_BruteForce'],
    ['ocsf', 'class_uid', 2004],
    ['cloudevents', 'specversion', '1.0'],
  ])('has the form %s', async (form, path, value) => {
    const { body } = await tell({ body: form });

    expect(JSON.parse(body)).toHaveProperty(path.split('.'), value);
  });
});

describe('a receiver', () => {
  it.each([
    [302, false],
    [400, true],
    [410, true],
    [429, false],
    [500, false],
  ])('that answers %d: the refusal is final: %s', async (status, isPermanent) => {
    answer = { status };

    await expect(tell()).rejects.toMatchObject({ isPermanent });
  });

  it('that asks for a pause gets it', async () => {
    answer = { status: 429, headers: { 'retry-after': '90' } };

    await expect(tell()).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it('that takes it and breaks off has it', async () => {
    answer = { status: 200, breaksOff: true };

    await tell();
    expect(received).toHaveLength(1);
  });

  it('that redirects is not followed', async () => {
    answer = { status: 302, headers: { location: url } };

    await expect(tell()).rejects.toThrow('302');
    expect(received).toHaveLength(1);
  });
});
