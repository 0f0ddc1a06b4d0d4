import { type Command, InvalidArgumentError } from 'commander';
import { FILTER_FIELDS } from '../archive/activity-filter.ts';
import type { FoundActivity } from '../archive/found-activity.ts';
import { UserError } from '../lib/user-error.ts';
import { apiLines } from './api-client.ts';
import { parseTime } from './parse-time.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions, serverCommand } from './server-command.ts';

const COLUMNS = {
  Time: 'time',
  Resource: 'resourceName',
  What: 'activity',
  Outcome: 'outcome',
  Code: 'code',
  Principal: 'principal',
  Address: 'address',
  Place: 'place',
  Application: 'application',
  Statement: 'statement',
};
const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const PAGE = 1000;
/** Characters of a statement in a table. */
const SHOWN = 100;

/** A line of `/activity-stream`. */
interface StreamLine {
  item?: FoundActivity;
  progress?: { files: number; filesRead: number };
  next?: string;
  error?: string;
  isEnd?: true;
}

type SearchOptions = CommandOptions &
  Partial<Record<string, string[]>> & {
    from?: string;
    to?: string;
    last?: number;
    resource?: string;
    alert?: string;
    limit: number;
    not: string[];
  };

/** `vedette search`: what happened, the newest first. */
export function searchCommand(): Command {
  const search = serverCommand('search', 'search the activities that were kept, the newest first')
    .argument('[text]', 'part of the statement; literals are not kept')
    .option('--from <time>', 'at or after, such as 2026-01-31T14:30:00Z; default: a day before the end')
    .option('--to <time>', 'before; default: now')
    .option('--last <duration>', 'such as 30m, 12h or 7d, up to now', parseDuration)
    .option('--resource <id>', 'name or id of a resource, a group or a subscription')
    .option('--alert <name>', 'what those of an alert did, from an hour before to an hour after it')
    .option('--limit <number>', 'activities at most', parseLimit, 100)
    .option('--not <field=value>', 'leave out; may be repeated', collect, []);
  for (const field of FILTER_FIELDS) {
    search.option(`--${field} <value...>`, `${field}: one of these`);
  }
  return search.action(async (text: string | undefined, options: SearchOptions) => {
    const query = queryOf(text, options);
    const items: FoundActivity[] = [];
    for (let next: string | undefined = ''; next !== undefined && items.length < options.limit; ) {
      query.set('limit', String(Math.min(PAGE, options.limit - items.length)));
      if (next !== '') {
        query.set('cursor', next);
      }
      next = await readPage(options, query, items);
    }
    printRows(options.output, items, items.map(shownOf), COLUMNS);
  });
}

/** Puts what a page has behind the items; gives the cursor of the next one. On a terminal it says how far it has come. */
async function readPage(
  options: SearchOptions,
  query: URLSearchParams,
  items: FoundActivity[],
): Promise<string | undefined> {
  const isWatched = process.stderr.isTTY;
  for await (const line of apiLines(options)<StreamLine>(`/api/v1/activity-stream?${query.toString()}`)) {
    if (line.error !== undefined) {
      throw new UserError(line.error);
    }
    if (line.item !== undefined) {
      items.push(line.item);
    }
    if (line.progress !== undefined && isWatched) {
      const { filesRead, files } = line.progress;
      process.stderr.write(`\r${filesRead} of ${files} files read, ${items.length} found`);
    }
    if (line.isEnd === true) {
      process.stderr.write(isWatched ? '\r\x1b[K' : '');
      return line.next;
    }
  }
  throw new UserError('the server ended the search early; try again');
}

function queryOf(text: string | undefined, options: SearchOptions): URLSearchParams {
  const now = Date.now();
  const { last, from, to, resource, alert, not } = options;
  const query = new URLSearchParams();
  const fromTime = from === undefined ? last && now - last : parseTime(from, '--from');
  const given = { text, resource, alert, from: isoOf(fromTime), to: to && isoOf(parseTime(to, '--to')) };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) {
      query.set(name, value);
    }
  }
  for (const field of FILTER_FIELDS) {
    for (const value of options[field] ?? []) {
      query.append(field, value);
    }
  }
  for (const pair of not) {
    const [field = '', value = ''] = pair.split(/=(.*)/s);
    query.append(`not.${field}`, value);
  }
  return query;
}

function isoOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** With what a table has room for. */
function shownOf(item: FoundActivity): object {
  const { resource, statement = '' } = item;
  const short = statement.replace(/\s+/g, ' ');
  return {
    ...item,
    resourceName: resource.slice(resource.lastIndexOf('/') + 1),
    statement: short.length > SHOWN ? `${short.slice(0, SHOWN)}…` : short,
  };
}

function parseDuration(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (unit === undefined) {
    throw new InvalidArgumentError('It is written such as 30m, 12h or 7d.');
  }
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new InvalidArgumentError('It is a number from 1 to 999999.');
  }
  return Number(text);
}

function collect(value: string, before: string[]): string[] {
  if (!FILTER_FIELDS.some((field) => value.startsWith(`${field}=`))) {
    throw new InvalidArgumentError(`It is written field=value; fields are ${FILTER_FIELDS.join(', ')}.`);
  }
  return [...before, value];
}
