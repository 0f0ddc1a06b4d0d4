import { z } from 'zod';
import { LEARNING, type Learned } from '../../model/learned.ts';
import type { DetectorFacts } from '../context.ts';
import { isoTime, time } from './schemas.ts';

const DAY_MS = 86_400_000;
/** Principals told of one detector. */
const MOST = 500;

export const detectorProgress = z
  .object({
    id: z.string(),
    title: z.string(),
    learns: z.boolean().describe('No: it judges from the first record on.'),
    known: z.int().describe('Principals of which it knows what is usual, or learns it.'),
    learning: z
      .array(
        z.object({
          principal: z.string().describe('Empty: the resource as a whole.'),
          firstTime: time,
          uses: z.int().describe('What was seen since: logins, active hours.'),
          judgedTime: time.describe('From when it is judged: after 7 days with 10 uses, at the latest after 14.'),
        }),
      )
      .max(MOST)
      .describe('Of which nothing is judged yet, the newest first.'),
  })
  .meta({ id: 'DetectorProgress' });

/** How far a detector is; nothing of one that is not at work on the resource. */
export function progressOf(
  { id, title, learns }: DetectorFacts,
  learned: readonly Learned[] | undefined,
): z.output<typeof detectorProgress>[] {
  if (learned === undefined) {
    return [];
  }
  const scopes = new Map<string, Learned['learning']>();
  for (const { kind, principal, learning } of learned) {
    scopes.set(kind === 'principal' || kind === 'caller' ? '' : principal, learning);
  }
  const learning = [...scopes].flatMap(([principal, scope]) => (scope === undefined ? [] : [{ principal, ...scope }]));
  return [
    {
      id,
      title,
      learns,
      known: new Set(learned.map(({ principal }) => principal)).size,
      learning: learning
        .sort((a, b) => b.firstTime - a.firstTime)
        .slice(0, MOST)
        .map(({ principal, firstTime, uses }) => ({
          principal,
          uses,
          firstTime: isoTime(firstTime),
          judgedTime: isoTime(firstTime + daysOf(uses) * DAY_MS),
        })),
    },
  ];
}

function daysOf(uses: number): number {
  return uses < LEARNING.minCount ? LEARNING.maxDays : LEARNING.minDays;
}
