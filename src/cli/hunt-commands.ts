import { Command, InvalidArgumentError } from 'commander';
import type { Hunt } from '../archive/hunts/hunt.ts';
import { apiClient } from './api-client.ts';
import { parseTime } from './parse-time.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions, serverCommand } from './server-command.ts';

interface Result {
  columns: { name: string; type: string }[];
  rows: unknown[][];
  isCut: boolean;
}

type RunOptions = CommandOptions & { days?: number; until?: string; limit: number };

/** `vedette hunt`: saved questions to the archive. */
export function huntCommands(): Command {
  const list = serverCommand('list', 'list hunts').action(async (options: CommandOptions) => {
    const { items } = await apiClient(options)<{ items: Hunt[] }>('GET', '/api/v1/hunts');
    printRows(options.output, items, items, { Name: 'id', Days: 'days', Title: 'title', Finds: 'finds' });
  });
  const run = serverCommand('run', 'run a hunt')
    .argument('<name>', 'as "vedette hunt list" has it')
    .option('--days <number>', 'how far back to look; default: as the hunt says', parseCount)
    .option('--until <time>', 'as if it were asked then; default: now')
    .option('--limit <number>', 'rows at most', parseCount, 1000)
    .action(async (name: string, { days, until, limit, ...options }: RunOptions) => {
      const body = {
        maxRows: limit,
        ...(days !== undefined && { days }),
        ...(until !== undefined && { until: new Date(parseTime(until, '--until')).toISOString() }),
      };
      const path = `/api/v1/hunts/${encodeURIComponent(name)}/run`;
      printResult(options, await apiClient(options)<Result>('POST', path, body));
    });
  return new Command('hunt').description('saved questions to the archive').addCommand(list).addCommand(run);
}

/** `vedette sql`: a question of one's own. */
export function sqlCommand(): Command {
  return serverCommand('sql', 'ask the archive in SQL: views activities, logons, statements, alerts')
    .argument('<query>', 'one query of DuckDB that reads')
    .option('--limit <number>', 'rows at most', parseCount, 1000)
    .action(async (sql: string, { limit, ...options }: CommandOptions & { limit: number }) => {
      printResult(options, await apiClient(options)<Result>('POST', '/api/v1/sql', { sql, maxRows: limit }));
    });
}

function printResult({ output }: CommandOptions, { columns, rows, isCut }: Result): void {
  const items = rows.map((row) => Object.fromEntries(row.map((cell, i) => [String(i), shown(cell, columns[i]!.name)])));
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i]!.name, cell])));
  printRows(output, objects, items, headings(columns));
  if (isCut) {
    process.stderr.write('There are more rows: see --limit.\n');
  }
}

/** A table has no room for the id of a resource. */
function shown(cell: unknown, column: string): unknown {
  return column === 'resource_uid' && typeof cell === 'string' ? cell.slice(cell.lastIndexOf('/') + 1) : cell;
}

/** Of columns with one name, the later ones are told apart. */
function headings(columns: readonly { name: string }[]): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [i, { name }] of columns.entries()) {
    named[Object.hasOwn(named, name) ? `${name} ${i + 1}` : name] = String(i);
  }
  return named;
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new InvalidArgumentError('It is a number from 1 to 99999.');
  }
  return Number(text);
}
