import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFleet } from './fleet/write-fleet.ts';
import { replayFleet, toldAlerts } from './replay-fleet.ts';
import { figuresOf } from './scoring/figures.ts';
import { judge, type Verdict } from './scoring/judge.ts';
import { attackTable, contestTable, falseAlarmTable, fleetText, kindTable } from './scoring/tables.ts';

/** Generated logs: ignored by git, safe to delete. */
const OUT_DIR = join(import.meta.dirname, 'out');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    servers: { type: 'string', default: '20' },
    days: { type: 'string', default: '42' },
    /** Prints each miss and each false alarm. */
    list: { type: 'boolean', default: false },
  },
});
const plan = { seed: Number(values.seed), servers: Number(values.servers), days: Number(values.days) };
const folder = join(OUT_DIR, `fleet-${plan.seed}-${plan.servers}-${plan.days}`);

const truth = writeFleet(plan, folder);
const verdict = judge(truth, toldAlerts(replayFleet(folder)));
const figures = figuresOf(truth, verdict);
const parts = [
  fleetText(truth),
  contestTable([{ name: 'Vedette', figures }]),
  kindTable(figures),
  attackTable(verdict),
  falseAlarmTable(verdict),
];
process.stdout.write(`${parts.join('\n\n')}\n`);
if (values.list) {
  process.stdout.write(listOf(verdict));
}
process.stdout.write(`\nLogs, truth and alerts: ${folder}\n`);

function listOf({ wanted, duplicates, unwanted }: Verdict): string {
  const at = (time: number): string => new Date(time).toISOString().slice(0, 16);
  const missed = wanted.filter(({ delayMs }) => delayMs === undefined);
  return [
    '\nmissed',
    ...missed.map(
      ({ attack, kind }) =>
        `${attack.resource} ${at(attack.from)} ${kind}: ${attack.title} (${attack.principals[0]}, ${attack.addresses[0]})`,
    ),
    '\nfalse',
    ...unwanted.map(
      ({ alert, because }) => `${alert.resource} ${at(alert.time)} ${alert.severity} ${because}: ${alert.text}`,
    ),
    '\nduplicates',
    ...duplicates.map((alert) => `${alert.resource} ${at(alert.time)} ${alert.severity} ${alert.text}`),
    '',
  ].join('\n');
}
