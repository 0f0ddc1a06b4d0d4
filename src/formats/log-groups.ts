import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import type { FileStart } from './file-start.ts';
import { NEARLY, type Recognition, recognize, tryOut } from './recognize.ts';

/** What understands so much of a further file is not asked again which format it is. */
const SURE_SHARE = 0.95;
/** What a log was known as is believed as long as it understands so much. */
const KNOWN_SHARE = 0.5;

/** How a log is read: found out once, then kept, so that more of it does not change the mind. */
export interface Settlement {
  /** Parser id. */
  format: string;
  logLinePrefix?: string;
}

/** Files that are read in one way. */
export interface LogGroup {
  parser: Parser;
  logLinePrefix?: string;
  /** The log was read so before. */
  isKnown: boolean;
  files: string[];
  /** Of the first file that tells of an activity, else the first one; and what was made of it. */
  start?: FileStart;
  recognition?: Recognition;
}

/** What a log was known as, as groups that have no files yet. */
export function settledGroups(known: readonly Settlement[], parsers: readonly Parser[]): LogGroup[] {
  return known.flatMap(({ format, ...prefix }) => {
    const parser = parsers.find(({ id }) => id === format);
    return parser === undefined ? [] : [{ parser, ...prefix, isKnown: true, files: [] }];
  });
}

/** The group that a file belongs to, a new one where need be; undefined where no format fits. */
export async function groupOf(
  start: FileStart,
  groups: LogGroup[],
  parsers: readonly Parser[],
  { timezone, logLinePrefix }: SourcePlan,
): Promise<LogGroup | undefined> {
  let near: { group: LogGroup; tried: Recognition } | undefined;
  for (const group of groups) {
    const tried = await tryOut(group.parser, { timezone, logLinePrefix: group.logLinePrefix }, start);
    if (tried.sample.share >= SURE_SHARE) {
      return looked(group, start, tried);
    }
    near = group.isKnown && tried.sample.share > (near?.tried.sample.share ?? 0) ? { group, tried } : near;
  }
  const recognition = await recognize(start, { parsers, timezone, logLinePrefix });
  const least = Math.max(KNOWN_SHARE, (recognition?.sample.share ?? 0) - NEARLY);
  if (near !== undefined && near.tried.sample.share >= least) {
    return looked(near.group, start, near.tried);
  }
  if (recognition === undefined) {
    return undefined;
  }
  const same = groups.find(
    ({ parser, logLinePrefix: prefix }) => parser === recognition.parser && prefix === recognition.logLinePrefix,
  );
  return looked(same ?? added(groups, recognition), start, recognition);
}

function added(groups: LogGroup[], { parser, logLinePrefix }: Recognition): LogGroup {
  const group = { parser, ...(logLinePrefix !== undefined && { logLinePrefix }), isKnown: false, files: [] };
  groups.push(group);
  return group;
}

function looked(group: LogGroup, start: FileStart, recognition: Recognition): LogGroup {
  if (group.recognition === undefined || group.recognition.sample.judged === 0) {
    group.start = start;
    group.recognition = recognition;
  }
  return group;
}
