import { describe, expect, it } from 'vitest';
import { alertTable, countLine } from './alert-table.ts';
import { anAlert } from './testkit.ts';

const plain = { width: 100, color: false };
/** Start of a terminal's control sequence. */
const ESCAPE = '\x1b';

describe('a table of alerts', () => {
  it('tells handle, time, severity, resource and the sentence of each, in the order given', () => {
    const alerts = [
      anAlert({ name: '2517_aaaa000001' }),
      anAlert({
        name: '2517_aaaa000002',
        resource: 'carts',
        severity: 'Low',
        startTimeUtc: '2026-02-01T00:00:00.000Z',
      }),
    ];

    expect(alertTable(alerts, plain)).toBe(
      [
        '┌────────┬──────────────────┬──────────┬──────────┬────────────────────────────────────────────────┐',
        '│ Alert  │ Time (UTC)       │ Severity │ Resource │ What happened                                  │',
        '├────────┼──────────────────┼──────────┼──────────┼────────────────────────────────────────────────┤',
        '│ 000001 │ 2026-01-31 14:30 │ High     │ orders   │ Suspected brute force attack                   │',
        '│        │                  │          │          │ app failed to log in 36 times within 5 minutes │',
        '│        │                  │          │          │ from 203.0.113.7 (Brazil); usual: at most 2.   │',
        '├────────┼──────────────────┼──────────┼──────────┼────────────────────────────────────────────────┤',
        '│ 000002 │ 2026-02-01 00:00 │ Low      │ carts    │ Suspected brute force attack                   │',
        '│        │                  │          │          │ app failed to log in 36 times within 5 minutes │',
        '│        │                  │          │          │ from 203.0.113.7 (Brazil); usual: at most 2.   │',
        '└────────┴──────────────────┴──────────┴──────────┴────────────────────────────────────────────────┘',
        '2 alerts: 1 High, 1 Low.',
        '',
      ].join('\n'),
    );
  });

  it.each([60, 80, 100, 200])('fits a terminal of %i cells', (width) => {
    const alert = anAlert({
      description: 'x'.repeat(500),
      severity: 'Informational',
      resource: 'a-very-long-name-of-a-database-server',
    });
    const lines = alertTable([alert], { width, color: false }).split('\n');

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, 80));
    expect(lines.join('').replaceAll(/[^x]/g, '')).toHaveLength(500);
  });

  it('colors the severity only where colors are wanted', () => {
    expect(alertTable([anAlert()], plain)).not.toContain(ESCAPE);
    expect(alertTable([anAlert()], { width: 100, color: true })).toContain(`${ESCAPE}[31mHigh`);
  });

  it('shows what a log says without obeying it', () => {
    const text = alertTable([anAlert({ description: `role ${ESCAPE}[2J\u202efdp` })], plain);

    expect(text).toContain('role \\x1b[2J\\u{202e}fdp');
    expect(text).not.toContain(ESCAPE);
  });
});

it('counts alerts by severity, gravest first', () => {
  const alerts = [anAlert({ severity: 'Low' }), anAlert({ severity: 'High' }), anAlert({ severity: 'Low' })];

  expect(countLine(alerts)).toBe('3 alerts: 1 High, 2 Low.');
  expect(countLine([anAlert()])).toBe('1 alert: 1 High.');
});
