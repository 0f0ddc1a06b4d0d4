import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, dayText, START } from './calendar.ts';
import { chance, type Random, whole } from './draws.ts';

/** One record as it stands in a log, with its line end. */
export interface Row {
  time: number;
  text: string;
}

/** What goes wrong on the way from the server to the reader. */
type Fault = 'missing' | 'doubled' | 'late';

/**
 * Writes rows into a file for each day, in order of time. On one day in some logs the file is lost, is delivered with
 * every record twice, or its last third arrives a day late. Days of attacks are spared: evidence that is not there
 * can convict nobody.
 */
export function deliver(
  rows: Row[],
  folder: string,
  extension: string,
  random: Random,
  isSpared: (day: number) => boolean,
): Fault | undefined {
  mkdirSync(folder, { recursive: true });
  rows.sort((a, b) => a.time - b.time);
  const days = new Map<number, string[]>();
  for (const { time, text } of rows) {
    const day = Math.floor((time - START) / DAY_MS);
    const known = days.get(day);
    if (known) {
      known.push(text);
    } else {
      days.set(day, [text]);
    }
  }
  const fault = damage(days, random, isSpared);
  for (const [day, texts] of days) {
    writeFileSync(join(folder, `${dayText(day)}.${extension}`), texts.join(''));
  }
  return fault;
}

function damage(days: Map<number, string[]>, random: Random, isSpared: (day: number) => boolean): Fault | undefined {
  const day = whole(random, 3, days.size - 5);
  const fault = random.pick(['missing', 'doubled', 'late'] as const);
  const texts = days.get(day);
  const next = days.get(day + 1);
  if (!chance(random, 0.4) || texts === undefined || next === undefined || isSpared(day) || isSpared(day + 1)) {
    return undefined;
  }
  if (fault === 'missing') {
    days.delete(day);
  } else if (fault === 'doubled') {
    days.set(day, [...texts, ...texts]);
  } else {
    next.push(...texts.splice(Math.floor((texts.length * 2) / 3)));
  }
  return fault;
}
