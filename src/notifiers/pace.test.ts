import { describe, expect, it } from 'vitest';
import type { Notice } from './notifier.ts';
import { historyOf, type MailHistory, noteSent, paceMails } from './pace.ts';
import { noticeOf } from './testkit.ts';

const NOW = Date.parse('2026-11-17T12:00:00Z');
const MINUTE = 60_000;
const RULES = { timeZone: 'UTC' };

const none = (): MailHistory => ({ single: [], storm: [] });
const many = (count: number, severity: 'High' | 'Medium' | 'Low', plannedTime = NOW): Notice[] =>
  Array.from({ length: count }, (_, n) => ({
    ...noticeOf(n, severity),
    id: `${severity}-${n}`,
    plannedTime,
  }));
const sizes = ({ deliveries }: { deliveries: readonly (readonly Notice[])[] }) =>
  deliveries.map(({ length }) => length);

/** Plans, and sends what is planned. */
function send(due: readonly Notice[], time: number, history: MailHistory) {
  const plan = paceMails(due, time, history, RULES);
  for (const notices of plan.deliveries) {
    noteSent(history, notices, time);
  }
  return plan;
}

describe('paceMails', () => {
  it('tells High ones at once, up to five, and the rest in one mail', () => {
    expect(sizes(paceMails(many(5, 'High'), NOW, none(), RULES))).toEqual([1, 1, 1, 1, 1]);
    expect(sizes(paceMails(many(8, 'High'), NOW, none(), RULES))).toEqual([1, 1, 1, 1, 1, 3]);
  });

  it('holds what comes after the mail of a storm until ten minutes after it', () => {
    const history = none();
    send(many(8, 'High'), NOW, history);
    const plan = paceMails(many(2, 'High'), NOW + MINUTE, history, RULES);

    expect(plan.deliveries).toEqual([]);
    expect(plan.held.map(({ until }) => until)).toEqual([NOW + 10 * MINUTE, NOW + 10 * MINUTE]);
    expect(sizes(paceMails(many(2, 'High'), NOW + 10 * MINUTE, history, RULES))).toEqual([1, 1]);
  });

  it('tells five Medium ones in an hour and the rest in a digest at its end', () => {
    const history = none();
    const first = send(many(7, 'Medium'), NOW, history);
    expect(sizes(first)).toEqual([1, 1, 1, 1, 1]);
    expect(first.held.map(({ until }) => until)).toEqual([NOW + 60 * MINUTE, NOW + 60 * MINUTE]);

    const later = paceMails(many(2, 'Medium', NOW), NOW + 60 * MINUTE, history, RULES);
    expect(sizes(later)).toEqual([2]);
  });

  it('puts all Low ones that are due into one mail', () => {
    expect(sizes(paceMails(many(40, 'Low'), NOW, none(), RULES))).toEqual([40]);
  });

  it('lets only High ones through in quiet hours', () => {
    const night = Date.parse('2026-11-17T23:30:00Z');
    const plan = paceMails([...many(1, 'High'), ...many(2, 'Medium', night)], night, none(), {
      timeZone: 'Europe/Berlin', // half past midnight there
      quietHours: { from: '22:00', to: '07:00' },
    });

    expect(sizes(plan)).toEqual([1]);
    expect(new Set(plan.held.map(({ until }) => new Date(until).toISOString()))).toEqual(
      new Set(['2026-11-18T06:00:00.000Z']),
    );
  });

  it('counts only what was sent: a mail server that was away delays nothing when it is back', () => {
    const history = none();
    paceMails(many(3, 'High'), NOW, history, RULES);
    paceMails(many(3, 'High'), NOW + MINUTE, history, RULES);

    expect(sizes(paceMails(many(3, 'High'), NOW + 2 * MINUTE, history, RULES))).toEqual([1, 1, 1]);
  });

  it('knows after a restart what was sent before it', () => {
    const history = historyOf([NOW, NOW + 1, NOW + 2, NOW + 3, NOW + 4, NOW + 5, NOW + 5]);

    expect(paceMails(many(2, 'High'), NOW + MINUTE, history, RULES).deliveries).toEqual([]);
  });

  it('tells what was held in a storm in one mail, not one by one', () => {
    expect(sizes(paceMails(many(90, 'High'), NOW + 20 * MINUTE, none(), RULES))).toEqual([90]);
    expect(sizes(paceMails(many(3, 'High'), NOW + 20 * MINUTE, none(), RULES))).toEqual([1, 1, 1]);
  });

  it('sends at most ten mails of a thousand alerts that come at once', () => {
    const burst = [...many(400, 'High'), ...many(300, 'Medium'), ...many(300, 'Low')];
    const history = none();
    let mails = 0;
    let waiting = burst;
    for (let time = NOW; waiting.length > 0; time += MINUTE) {
      const { deliveries, held } = send(waiting, time, history);
      mails += deliveries.length;
      const ids = new Set(held.map(({ id }) => id));
      waiting = waiting.filter(({ id }) => ids.has(id));
    }

    expect(mails).toBeLessThanOrEqual(10);
  });
});
