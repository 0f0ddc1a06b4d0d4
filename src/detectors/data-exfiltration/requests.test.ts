import { describe, expect, it } from 'vitest';
import {
  at,
  brazil,
  dataAccess,
  type Happening,
  home,
  privateAddress,
  replay,
  replayOnce,
  series,
} from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const KB = 1000;
const MB = 1_000_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function query(what: Partial<Happening>): Happening {
  return dataAccess({ operation: 'Query', container: 'orders', ...what });
}

function byTime(history: readonly Happening[]): Happening[] {
  return history.toSorted((a, b) => a.time - b.time);
}

/** A service under the key: 0.5 to 1 MB in each hour of the day, from two containers. */
function service(days: number): Happening[] {
  return series(at(0, 0), days * 24, HOUR).flatMap((time, n) => [
    query({ time, responseBytes: (250 + ((n * 37) % 250)) * KB }),
    query({ time: time + MINUTE, responseBytes: (250 + ((n * 53) % 250)) * KB, container: 'customers' }),
  ]);
}

/** The nightly export of everything, under the same key. */
function exports(days: number, hour = 3): Happening[] {
  return series(at(0, hour), days, 24 * HOUR).flatMap((start) =>
    series(start + 10 * MINUTE, 6, 4 * MINUTE).map((time) =>
      query({ time, operation: 'ReadFeed', responseBytes: 5 * MB }),
    ),
  );
}

/** Somebody who looks into the data from nine to noon, on working days. */
const ANALYST = '780e9948-e409-9f1c-0744-dde6f0aa78b8';
function analyst(days: number): Happening[] {
  return series(at(0, 9), days, 24 * HOUR)
    .filter((_, n) => n % 7 < 5)
    .flatMap((start) =>
      series(start, 3, HOUR).map((time) =>
        query({ time, principal: ANALYST, application: 'Mozilla/5.0', responseBytes: 300 * KB }),
      ),
    );
}

function copy(start: number, pages: number, what: Partial<Happening> = {}): Happening[] {
  return series(start, pages, 8000).map((time) => query({ time, responseBytes: MB, ...what }));
}

function found(history: readonly Happening[], settings: object = {}) {
  return replayOnce(dataExfiltration, byTime(history), settings).map(
    ({ finding }) => `${finding.variant} ${finding.severity}`,
  );
}

/** A report on some days, more of it on the last, that runs in pods each of which sends some of its requests. */
function report(days: readonly number[], node: (n: number) => string): Happening[] {
  return days.flatMap((day) =>
    series(at(day, 6), 12, MINUTE).map((time, n) =>
      query({
        time,
        principal: '4e0db020-d467-453d-871b-3e7dda5aa1ce',
        address: privateAddress(node(n)),
        responseBytes: (day === days.at(-1) ? 2.4 : 1.4) * MB,
      }),
    ),
  );
}

it('learns little of what is usual from a few hours', () => {
  const weekly = report([0, 7, 14, 21, 28], () => '10.40.0.9');
  const twice = weekly.map((one) => (one.time < at(28, 6) ? one : { ...one, address: home }));
  const six = twice.map((one) => (one.time < at(28, 6) ? one : { ...one, responseBytes: 6 * MB }));

  expect(found(twice)).toEqual([]);
  expect(found(six)).toEqual(['unusual client Medium']);
});

it('knows each place of a program that comes from several', () => {
  const days = series(0, 15, 1);
  const elsewhere = report(days, () => '10.40.0.9').map((one) =>
    one.time < at(14, 6) ? one : { ...one, address: home },
  );

  expect(found(report(days, (n) => `10.40.${n % 3}.9`))).toEqual([]);
  expect(found(elsewhere)).toEqual(['unusual client Medium']);
});

describe('a small service', () => {
  /** At most 50 KB an hour, 940 KB a day. */
  const small = (days: number) => service(days).map((one) => ({ ...one, responseBytes: one.responseBytes! / 20 }));
  const hourly = (day: number, hours: number, bytes: number, what: Partial<Happening> = {}) =>
    series(at(day, 1), hours, HOUR).flatMap((start) =>
      copy(start + 10 * MINUTE, 4, { responseBytes: bytes / 4, ...what }),
    );

  it('is told of when it brings much more than ever, all day, though far less than others bring', () => {
    expect(found([...small(23), ...hourly(20, 22, 0.16 * MB)])).toEqual(['slow drip Low']);
    expect(found([...small(23), ...hourly(20, 1, 9.8 * MB)])).toEqual(['slow drip Low']);
  });

  it('is told of when an hour brings much and it came with a new client, or from a new place', () => {
    expect(found([...small(23), ...hourly(20, 1, 7 * MB, { application: 'azcopy' })])).toEqual(['slow drip Low']);
    expect(found([...small(23), ...hourly(20, 1, 7 * MB, { address: brazil })])).toEqual(['slow drip Low']);
    expect(found([...small(23), ...hourly(20, 1, 1.9 * MB, { application: 'azcopy' })])).toEqual([]);
    const earlier = hourly(12, 1, 0.1 * MB, { application: 'azcopy' });
    expect(found([...small(23), ...earlier, ...hourly(20, 1, 7 * MB, { application: 'azcopy' })])).toEqual([]);
  });

  it('is quiet about a busy hour, about less than matters, in the first days, and about somebody who comes by day', () => {
    const little = analyst(16).map((one) => ({ ...one, responseBytes: 20 * KB }));

    expect(found([...small(23), ...hourly(20, 1, 1.9 * MB)])).toEqual([]);
    expect(found([...small(23), ...hourly(20, 1, 7 * MB)])).toEqual([]);
    expect(found([...small(23), ...hourly(20, 22, 0.08 * MB)])).toEqual([]);
    expect(found([...small(10), ...hourly(8, 22, 0.16 * MB)])).toEqual([]);
    expect(
      found([...little, ...hourly(11, 22, 0.16 * MB, { principal: ANALYST, application: 'Mozilla/5.0' })]),
    ).toEqual([]);
  });
});

describe('fires', () => {
  it('on a little more each hour, for days', () => {
    const drip = series(at(16, 5), 60, HOUR).flatMap((start) => copy(start + 10 * MINUTE, 7));
    const [{ finding }, ...more] = replay(dataExfiltration, byTime([...service(19), ...drip]));

    expect(more).toEqual([]);
    expect(finding).toMatchObject({ variant: 'slow drip', severity: 'Low', score: { unit: 'bytes read in a day' } });
    expect(finding.summary).toMatch(
      /^PrimaryMasterKey read [\d.]+ MB from catalog on 2026-01-2\d \(UTC\), a little each hour, last from .*; of 1\d days before the largest brought 18\.\d MB\.$/,
    );
  });

  it('on a copy by day that is no larger than the nightly export', () => {
    const usual = [...service(28), ...exports(28)];

    expect(found([...usual, ...copy(at(24, 14) + 20 * MINUTE, 28)])).toEqual(['volume Low']);
    expect(found([...usual, ...copy(at(24, 3) + 20 * MINUTE, 28)])).toEqual([]);
  });

  it('on a copy in the evening by somebody who works by day, graver with a client of another kind', () => {
    const evening = { principal: ANALYST, application: 'Mozilla/5.0' };

    expect(found([...analyst(14), ...copy(at(11, 21), 12, evening)])).toEqual(['volume Medium']);
    const large = analyst(14).map((one) => ({ ...one, responseBytes: 7 * MB }));
    expect(found([...large, ...copy(at(11, 21), 12, evening)])).toEqual(['off hours Low']);
    expect(found([...large, ...copy(at(11, 21), 12, { ...evening, application: 'azcopy' })])).toEqual([
      'unusual client Medium',
    ]);
    expect(found([...large, ...copy(at(11, 10) + 20 * MINUTE, 4, evening)])).toEqual([]);
  });

  it('on a copy from a new place that would be usual from elsewhere', () => {
    const usual = [...service(20), ...exports(20)];
    const pages = (address?: Happening['address']) =>
      copy(at(17, 3) + 40 * MINUTE, 10, address === undefined ? {} : { address });

    expect(found([...usual, ...pages(brazil)])).toEqual(['unusual client Medium']);
    expect(found([...usual, ...pages()])).toEqual([]);
  });

  it('on containers that a service never queried, one after another', () => {
    const look = (count: number) =>
      series(at(17, 14), count, MINUTE).map((time, n) =>
        query({ time, container: `secret${n}`, responseBytes: 500 * KB }),
      );

    const [{ finding }] = replay(dataExfiltration, byTime([...service(20), ...look(4)]));
    expect(finding).toMatchObject({ variant: 'breadth of containers', severity: 'Low', score: { threshold: 3 } });
    expect(finding.summary).toContain('it queries 3 containers for the first time (secret0, secret1 and secret2)');
    expect(found([...service(20), ...look(2)])).toEqual([]);
  });

  it('once on what somebody takes each evening, at about the same time', () => {
    const evenings = [16, 17, 18].flatMap((n, late) => copy(at(n, 20) + late * 40 * MINUTE, 40));

    expect(found([...service(22), ...evenings])).toEqual(['volume Medium']);
  });

  it('each night anew on an export that nobody has accepted', () => {
    const nights = [16, 18, 20].flatMap((n) => copy(at(n, 2), 40));

    expect(found([...service(22), ...nights])).toHaveLength(3);
  });
});

describe('stays quiet', () => {
  it('about an export that grows, is larger when a month is closed, and moves with the clock', () => {
    const usual = [...service(56), ...exports(56)];
    const grown = usual.map((one) => ({
      ...one,
      responseBytes: one.responseBytes * (1 + (one.time - at(0, 0)) / (60 * 24 * HOUR)) * (isMonthEnd(one) ? 1.8 : 1),
      time: one.time >= at(30, 0) && one.operation === 'ReadFeed' ? one.time - HOUR : one.time,
    }));

    expect(found(grown)).toEqual([]);
  });

  it('about an export once it is usual because somebody expected it, and not because it was reported', () => {
    const nights = series(at(16, 2), 14, 24 * HOUR).flatMap((start) => copy(start, 40));
    const history = byTime([...service(32), ...nights, ...copy(at(30, 2), 40)]);
    const expected = [{ label: 'expected[0]', principal: 'PrimaryMasterKey', until: at(30, 0) }];

    expect(replayOnce(dataExfiltration, history, {}, { expected })).toEqual([]);
    expect(replayOnce(dataExfiltration, history)).not.toEqual([]);
  });

  it('does not let somebody teach himself in who doubles what he takes each hour', () => {
    const greedy = series(at(16, 5), 12, HOUR).flatMap((start, n) => copy(start + MINUTE, Math.min(200, 2 ** n)));

    expect(found([...service(18), ...greedy])[0]).toBe('volume Medium');
  });
});

function isMonthEnd({ time }: Happening): boolean {
  return [26, 27, 54, 55].some((n) => time >= at(n, 0) && time < at(n + 1, 0));
}
