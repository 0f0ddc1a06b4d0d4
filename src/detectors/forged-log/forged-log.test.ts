import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, failedSignIn, type Happening, replay, replayOnce, series, signIn, vietnam } from '../testkit.ts';
import { forgedLog } from './forged-log.ts';

const SECOND = 1000;
const NIGHT = at(3, 2);
const UNKNOWN = { address: '[local]' };

function forgery(what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.logForgery,
    principal: '',
    database: '',
    application: '',
    address: brazil,
    time: NIGHT,
    ...what,
  });
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(forgedLog, history, settings).map(({ finding, count }) => `${finding.variant} ${count}`);
}

describe('fires', () => {
  it('on the first forged entry, without learning, and tells who, what and what to do', () => {
    const [{ finding, count }] = replay(forgedLog, [forgery()]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_ForgedLog',
      variant: 'known source',
      displayName: 'Forged entries in the log',
      summary:
        '203.0.113.7 (Brazil, AS28573 Claro NXT) put 1 entry that its server never wrote into the log of orders, through user or database names of its choice; ordinary clients never do.',
      severity: 'High',
      confidence: 'high',
      attack: { tactic: 'TA0040', technique: 'T1565.001' },
      entities: { address: brazil },
      score: { value: 1, threshold: 1, unit: 'forged entries' },
      observed: { 'Forged entries': '1' },
    });
    expect(count).toBe(1);
    expect(finding.rawLines).toHaveLength(1);
    expect(finding.guidance.remediation.join('\n')).toContain('host all all 203.0.113.7/32 reject');
  });

  it('once for a source, with all of its entries counted', () => {
    const history = series(NIGHT, 50, SECOND).map((time) => forgery({ time }));
    const [{ finding, count, startTime, endTime }, ...more] = replay(forgedLog, history);

    expect(more).toEqual([]);
    expect({ count, startTime, endTime }).toEqual({ count: 50, startTime: NIGHT, endTime: NIGHT + 49 * SECOND });
    expect(finding.summary).toContain('50 entries that its server never wrote into the log of orders in 49 seconds');
    expect(finding.rawLines.map(({ byteOffset }) => byteOffset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('once for each source, and once for all that nobody can tell', () => {
    const history = [brazil, UNKNOWN, vietnam, UNKNOWN, brazil].map((address) => forgery({ address }));

    expect(found(history).sort()).toEqual(['known source 1', 'known source 2', 'unknown source 2']);
  });

  it('on a source that nobody can tell, with less confidence and no address to block', () => {
    const [{ finding }] = replay(forgedLog, [forgery({ address: UNKNOWN })]);

    expect(finding).toMatchObject({ confidence: 'medium', entities: {}, severity: 'High' });
    expect(finding.summary).toMatch(/^Somebody put 1 entry/);
    expect(finding.guidance.remediation.join('\n')).not.toContain('reject');
  });

  it('anew after a day without', () => {
    expect(found([forgery(), forgery({ time: NIGHT + 24 * 3_600_000 })])).toEqual(['known source 2']);
    expect(found([forgery(), forgery({ time: NIGHT + 24 * 3_600_000 + 1 })])).toEqual([
      'known source 1',
      'known source 1',
    ]);
  });

  it.each([
    ['low', 5],
    ['medium', 1],
    ['high', 1],
  ])('at sensitivity %s from %i entries on', (sensitivity, entries) => {
    const history = series(NIGHT, entries, SECOND).map((time) => forgery({ time }));

    expect(found(history, { sensitivity })).toEqual([`known source ${entries}`]);
    expect(found(history.slice(1), { sensitivity })).toEqual([]);
  });

  it('from as many entries as are set', () => {
    const history = series(NIGHT, 3, SECOND).map((time) => forgery({ time }));

    expect(found(history, { lineCount: 3 })).toEqual(['known source 3']);
    expect(found(history, { lineCount: 4 })).toEqual([]);
  });

  it('and marks what came late', () => {
    const [{ finding }] = replay(forgedLog, [forgery({ isLate: true })]);

    expect(finding.isLate).toBe(true);
  });

  it('for each of very many sources, in bounded memory', () => {
    const history = Array.from({ length: 3000 }, (_, n) =>
      forgery({ time: NIGHT + n, address: { address: `2001:db8::${n.toString(16)}` } }),
    );

    expect(replayOnce(forgedLog, history)).toHaveLength(3000);
  });
});

describe('stays quiet', () => {
  it.each([
    ['for logins', [signIn()]],
    ['for failed logins under whatever name', [failedSignIn({ principal: 'x\nLOG:  y' })]],
    ['for nothing', []],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });
});
