import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { rds } from './rds.ts';

const sample = readFileSync(new URL('samples/rds-16.log', import.meta.url));
/** Counted by a reader of its own in the csvlog of the same server (samples/README.md). */
const expected = JSON.parse(readFileSync(new URL('samples/rds-16.expected.json', import.meta.url), 'utf8')) as {
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
};
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

const line = (who: string, text: string, from = '192.0.2.10(41234)') =>
  `2026-11-21 16:00:00 UTC:${from}:${who}:[7]:${text}\n`;

describe('the recording rds-16', () => {
  it('holds what the csvlog of the same server holds, each false line told', async () => {
    const classes = countBy(await readAll(rds, sample), classOf);
    const { byMessageStart, bySqlstate } = expected;
    const { disconnection } = byMessageStart;

    expect(classes).toMatchObject({
      connection: byMessageStart['connection received'],
      authentication: byMessageStart['connection authorized'],
      disconnection,
      authenticationFailure: bySqlstate['28000']! + bySqlstate['28P01']!,
      logForgery: 16,
    });
  });

  it('believes no line that a name wrote, and tells where such names came from', async () => {
    const records = await readAll(rds, sample);
    const forged = records.filter((record) => record.class === 'logForgery');

    expect(records.filter(({ principal }) => principal === 'root')).toEqual([]);
    expect(new Set(forged.map(({ address }) => address))).toEqual(
      new Set(['198.51.100.67', '203.0.113.68', '203.0.113.69']),
    );
  });
});

describe('rds', () => {
  it.each([
    ['app@shop', '192.0.2.10(41234)', ['app', 'shop', '192.0.2.10']],
    ['app@shop', '2001:db8::1(5)', ['app', 'shop', '2001:db8::1']],
    ['app@shop', 'ip-10-0-0-5.ec2.internal(5)', ['app', 'shop', 'ip-10-0-0-5.ec2.internal']],
    ['app@shop', '[local]', ['app', 'shop', '']],
    ['ann@example.com@shop', '192.0.2.10(1)', ['ann@example.com', 'shop', '192.0.2.10']],
    ['a:b@shop:eu', '192.0.2.10(1)', ['a:b', 'shop:eu', '192.0.2.10']],
    ['[unknown]@[unknown]', '192.0.2.10(1)', ['', '', '192.0.2.10']],
  ])('reads who %s from %s is', async (who, from, client) => {
    const [record] = await readAll(rds, line(who, 'LOG:  statement: SELECT 1', from));

    expect([record!.principal, record!.database, record!.address]).toEqual(client);
  });

  it('joins the lines of a session by their pid, and takes those without a client for what they are', async () => {
    const records = await readAll(rds, line('app@shop', 'LOG:  statement: x') + line('@', 'LOG:  checkpoint', ''));

    expect(records.map(classOf)).toEqual(['statement', 'skipped']);
    expect(records[0]!.session).toBe('0.7');
  });

  it('reads another prefix where the parameter group sets one', async () => {
    const log = '2026-11-21 16:00:00 UTC [7] LOG:  statement: SELECT 1\n';

    expect((await readAll(rds, log, { logLinePrefix: '%t [%p] ' })).map(classOf)).toEqual(['statement']);
  });
});
