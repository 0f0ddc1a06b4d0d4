import { describe, expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import { alertOutput } from './alert-output.ts';
import type { ReplayOptions } from './replay-options.ts';
import { anAlert, someCounts } from './testkit.ts';

const first = anAlert({ name: '2517_aaaa000001' });
const second = anAlert({ name: '2517_aaaa000002' });

function output(alerts: readonly Alert[], options: Partial<ReplayOptions>, counts = someCounts()): string {
  const lines = alerts.map((alert) => JSON.stringify(alert));
  const asked = { config: 'v.yaml', workers: 1, ...options };
  return [...alertOutput({ lines, parsed: alerts }, asked, counts, { width: 100, color: false })].join('');
}

describe('json', () => {
  it('is each alert as the engine gave it, one a line', () => {
    expect(output([first, second], { format: 'json' })).toBe(`${JSON.stringify(first)}\n${JSON.stringify(second)}\n`);
  });

  it('is nothing for no alerts', () => {
    expect(output([], { format: 'json' })).toBe('');
  });

  it('is one line for one alert asked for', () => {
    expect(output([first, second], { format: 'json', alert: '000002' })).toBe(`${JSON.stringify(second)}\n`);
  });
});

describe('for other systems', () => {
  it.each([
    ['ocsf', '{"category_uid":2,', '"uid":"2517_aaaa000002"'],
    ['cef', 'CEF:0|Vedette|Vedette|', 'externalId=aaaa000002'],
  ] as const)('%s is one line for each alert', (format, begin, name) => {
    const lines = output([first, second], { format }).split('\n');

    expect(lines.map((line) => line.startsWith(begin))).toEqual([true, true, false]);
    expect(lines[1]).toContain(name);
    expect(output([first, second], { format, alert: '000002' })).toBe(`${lines[1]}\n`);
    expect(output([], { format })).toBe('');
  });
});

describe('table', () => {
  it('closes with how to see more', () => {
    expect(output([first, second], {})).toMatch(
      /\n2 alerts: 2 High\.\nOne alert whole: {3}vedette replay -c v\.yaml --alert 000001\nAll, for programs: vedette replay -c v\.yaml --format json\n$/,
    );
  });

  it('quotes a path that a shell would break', () => {
    expect(output([first], { config: "Jo's v.yaml" })).toContain("-c 'Jo'\\''s v.yaml' --alert 000001");
  });

  it('shows one alert whole when asked', () => {
    expect(output([first, second], { alert: '000002' })).toContain('Alert        2517_aaaa000002\n');
  });

  it('says of what there were no alerts', () => {
    const counts = someCounts({ records: 1200 });
    const activities = { ...counts.activities, authentication: 30, disconnection: 5 };

    expect(output([], {}, { ...counts, activities })).toBe(
      'No alerts: read 1,200 records, judged 35 activities in them.\n',
    );
    expect(output([], {})).toBe('No alerts: the logs hold no records.\n');
  });
});
