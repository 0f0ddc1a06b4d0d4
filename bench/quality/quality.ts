import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differenceOf, previousTag, withVersion } from './earlier-version.ts';
import { writeFleet } from './fleet/write-fleet.ts';
import { readOptions } from './options.ts';
import { qualityPage } from './quality-page.ts';
import { ROOT, replayFleet, toldAlerts } from './replay-fleet.ts';
import { runRivals } from './rivals/run-rivals.ts';
import { figuresOf } from './scoring/figures.ts';
import { judge, type Verdict } from './scoring/judge.ts';
import { attackTable, contestTable, falseAlarmTable, fleetText, kindTable } from './scoring/tables.ts';
import type { ToldAlert } from './scoring/told-alert.ts';

/** Generated logs: ignored by git, safe to delete. */
const OUT_DIR = join(import.meta.dirname, 'out');

const options = readOptions();
const folder = join(OUT_DIR, `fleet-${Object.values(options.plan).join('-')}`);
const truth = writeFleet(options.plan, folder);
const told = toldAlerts(replayFleet(folder));
const verdict = judge(truth, told);
const figures = figuresOf(truth, verdict);
const contestants = [{ name: 'Vedette', figures }];
if (options.hasRivals) {
  for (const [name, alerts] of await runRivals(truth, folder)) {
    contestants.push({ name, figures: figuresOf(truth, judge(truth, alerts)) });
  }
}
if (options.isPublished) {
  writeFileSync(join(ROOT, 'docs/quality.md'), qualityPage(truth, verdict, figures, contestants));
}
const comparison = options.against === undefined ? [] : compare(options.against);
const parts = [
  fleetText(truth),
  contestTable(contestants),
  kindTable(figures),
  attackTable(verdict),
  falseAlarmTable(verdict),
  ...(options.isListed ? [listOf(verdict)] : []),
  ...comparison,
  `Logs, truth and alerts: ${folder}`,
];
process.stdout.write(`${parts.join('\n\n')}\n`);

/** The same history, judged by an earlier version; its figures stand beside those of this one. */
function compare(given: string): string[] {
  const reference = given === '' ? previousTag() : given;
  if (reference === undefined) {
    return ['There is no earlier tag to compare with; name a commit: --against HEAD~10'];
  }
  const before = withVersion(reference, (root) => toldAlerts(replayFleet(folder, root, 'alerts-before')));
  contestants.push({ name: reference, figures: figuresOf(truth, judge(truth, before)) });
  const { gone, added } = differenceOf(before, told);
  return [
    `${reference} raised ${before.length} alerts above Informational, this version ${told.length}.`,
    [`gone: ${gone.length}`, ...gone.map(lineOf)].join('\n'),
    [`new: ${added.length}`, ...added.map(lineOf)].join('\n'),
  ];
}

function listOf({ wanted, duplicates, unwanted }: Verdict): string {
  const missed = wanted.filter(({ delayMs }) => delayMs === undefined);
  return [
    'missed',
    ...missed.map(({ attack, kind }) => {
      const { resource, title, principals, addresses, from } = attack;
      return `${resource} ${minuteText(from)} ${kind}: ${title} (${principals[0]}, ${addresses[0]})`;
    }),
    '\nfalse',
    ...unwanted.map(({ alert, because }) => `${because}: ${lineOf(alert)}`),
    '\nduplicates',
    ...duplicates.map(lineOf),
  ].join('\n');
}

function lineOf({ resource, time, severity, text }: ToldAlert): string {
  return `${resource} ${minuteText(time)} ${severity} ${text}`;
}

function minuteText(time: number): string {
  return new Date(time).toISOString().slice(0, 16);
}
