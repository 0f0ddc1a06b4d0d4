import type { Revision } from '../model/decision.ts';
import type { Learned } from '../model/learned.ts';
import { learningOf } from './learning.ts';
import { DAY_KINDS, type UsualHours } from './usual-hours.ts';

/** Facts of one table of hours: people read no more. */
const MOST = 2000;

/** At which hours each scope is at work, in words. Changes nothing. @param time event time, milliseconds */
export function learnedHours(hours: UsualHours, time: number, nameOf: (scope: number) => string): Learned[] {
  const learned: Learned[] = [];
  hours.forEachScope((scope) => {
    const uses = hours.countOf(scope);
    const firstTime = hours.firstTimeOf(scope) ?? time;
    for (const days of DAY_KINDS) {
      const known = hours.hoursOf(scope, days);
      if (known.length > 0 && learned.length < MOST) {
        learned.push({
          kind: 'hours',
          principal: nameOf(scope),
          value: days,
          firstTime,
          lastTime: hours.lastTimeOf(scope),
          uses,
          hours: known,
          ...learningOf(firstTime, uses, time),
          ...(hours.isPinned(scope, days) && { isPinned: true as const }),
        });
      }
    }
  });
  return learned;
}

/** People correct at which hours a principal is usually at work; nothing where the revision is of something else. */
export function reviseHours(hours: UsualHours, { kind, fact }: Revision, nameOf: (scope: number) => string): void {
  const days = DAY_KINDS.find((one) => fact.about === 'hours' && one === fact.value);
  if (days !== undefined) {
    hours.forEachScope((scope) => {
      if (nameOf(scope) === fact.principal) {
        hours.revise(kind, scope, days);
      }
    });
  }
}
