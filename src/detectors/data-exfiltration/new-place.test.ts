import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, type Happening, privateAddress, replay, signIn } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const node = privateAddress('10.0.0.5');
const otherSubnet = privateAddress('10.9.9.9');

function statement(sql: string, what: Partial<Happening>): Happening {
  return signIn({ class: ActivityClass.statement, statement: sql, ...what });
}

/** A program at work around the clock for a fortnight; on some days it reads a table whole. */
function service(whole: boolean): Happening[] {
  return Array.from({ length: 14 * 24 }, (_, n) => {
    const what = { time: at(0, n), principal: 'shop_app', application: 'shop-api', address: node };
    const sql = whole && n % 24 === 0 ? 'SELECT * FROM rates' : 'SELECT * FROM orders WHERE id = 7';
    return [signIn(what), statement(sql, { ...what, time: what.time + 1000 })];
  }).flat();
}

/** It reads tables from somewhere else. */
function found(address: typeof node, tables: readonly string[], whole = false, application = 'shop-api'): string[] {
  const what = { time: at(14, 10), principal: 'shop_app', application, address };
  const reads = tables.map((table, n) => statement(`SELECT * FROM ${table}`, { ...what, time: what.time + n + 1 }));
  return replay(dataExfiltration, [...service(whole), signIn(what), ...reads]).map(
    ({ finding }) => `${finding.variant} ${finding.severity}`,
  );
}

describe('fires', () => {
  it('on two tables read from outside by a program that never read one whole', () => {
    expect(found(brazil, ['customers', 'cards'])).toEqual(['unusual client Medium']);
  });

  it('milder where the same program reads from another subnet of its own network', () => {
    expect(found(otherSubnet, ['customers', 'cards', 'orders'])).toEqual(['unusual client Low']);
    expect(found(otherSubnet, ['customers', 'cards', 'orders'], false, 'psql')).toEqual(['unusual client Low']);
    expect(found(brazil, ['customers', 'cards', 'orders'], false, 'psql')).toEqual(['unusual client High']);
  });
});

/** A role that comes now and then, in so many hours of three weeks, and copies tables in a night after that. */
function nightCopy(hours: number, application = 'flyway'): string[] {
  const what = { principal: 'migrator', application: 'flyway', address: node };
  const usual = Array.from({ length: hours }, (_, n) => {
    const time = at(2 * n, 9 + (n % 3));
    return [
      signIn({ ...what, time }),
      statement('SELECT * FROM versions WHERE id = 7', { ...what, time: time + 1000 }),
    ];
  }).flat();
  const night = { ...what, application, time: at(22, 2) };
  const copies = [1, 2, 3].map((n) => statement(`COPY table_${n} TO STDOUT`, { ...night, time: night.time + n }));
  return replay(dataExfiltration, [...usual, signIn(night), ...copies]).map(
    ({ finding }) => `${finding.variant} ${finding.severity}`,
  );
}

it('takes a tool made for copies for no further oddity at night, where anything else is one', () => {
  expect(nightCopy(11, 'script')).toEqual(['off hours Medium']);
  expect(nightCopy(11, 'pg_dump')).toEqual(['off hours Low']);
});

it('knows that it is night only for whom it knows the day', () => {
  expect(nightCopy(11)).toEqual(['off hours Low']);
  expect(nightCopy(8)).toEqual([]);
});

describe('stays quiet', () => {
  it('on two tables read from another subnet, as a program does that was moved', () => {
    expect(found(otherSubnet, ['settings', 'rates'])).toEqual([]);
  });

  it('on two tables read from outside by a program that reads such things each day', () => {
    expect(found(brazil, ['settings', 'rates'], true)).toEqual([]);
  });
});
