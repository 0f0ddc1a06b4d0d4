import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFleet } from './fleet/write-fleet.ts';
import { replayFleet, toldAlerts } from './replay-fleet.ts';
import { runRivals } from './rivals/run-rivals.ts';
import { figuresOf } from './scoring/figures.ts';
import { judge, type Verdict } from './scoring/judge.ts';
import { attackTable, contestTable, falseAlarmTable, fleetText, kindTable } from './scoring/tables.ts';

/** Generated logs: ignored by git, safe to delete. */
const OUT_DIR = join(import.meta.dirname, 'out');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    servers: { type: 'string', default: '20' },
    accounts: { type: 'string', default: '8' },
    days: { type: 'string', default: '42' },
    /** Tries the plain rivals, too. */
    rivals: { type: 'boolean', default: false },
    /** Prints each miss and each false alarm. */
    list: { type: 'boolean', default: false },
  },
});
const plan = {
  seed: Number(values.seed),
  servers: Number(values.servers),
  accounts: Number(values.accounts),
  days: Number(values.days),
};
const folder = join(OUT_DIR, `fleet-${Object.values(plan).join('-')}`);

const truth = writeFleet(plan, folder);
const verdict = judge(truth, toldAlerts(replayFleet(folder)));
const figures = figuresOf(truth, verdict);
const rivals = values.rivals ? [...(await runRivals(truth, folder))] : [];
const contestants = rivals.map(([name, alerts]) => ({ name, figures: figuresOf(truth, judge(truth, alerts)) }));
const parts = [
  fleetText(truth),
  contestTable([{ name: 'Vedette', figures }, ...contestants]),
  kindTable(figures),
  attackTable(verdict),
  falseAlarmTable(verdict),
  ...(values.list ? [listOf(verdict)] : []),
  `Logs, truth and alerts: ${folder}`,
];
process.stdout.write(`${parts.join('\n\n')}\n`);

function listOf({ wanted, duplicates, unwanted }: Verdict): string {
  const at = (time: number): string => new Date(time).toISOString().slice(0, 16);
  const missed = wanted.filter(({ delayMs }) => delayMs === undefined);
  return [
    'missed',
    ...missed.map(({ attack, kind }) => {
      const { resource, title, principals, addresses } = attack;
      return `${resource} ${at(attack.from)} ${kind}: ${title} (${principals[0]}, ${addresses[0]})`;
    }),
    '\nfalse',
    ...unwanted.map(
      ({ alert, because }) => `${alert.resource} ${at(alert.time)} ${alert.severity} ${because}: ${alert.text}`,
    ),
    '\nduplicates',
    ...duplicates.map((alert) => `${alert.resource} ${at(alert.time)} ${alert.severity} ${alert.text}`),
  ].join('\n');
}
