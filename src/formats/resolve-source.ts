import { UserError } from '../lib/user-error.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { type FileStart, readFileStart } from './file-start.ts';
import { groupOf, type LogGroup, type Settlement, settledGroups } from './log-groups.ts';
import { fitting, type Recognition, tryOut } from './recognize.ts';
import { unreadKindOf } from './unread.ts';

/** Word of the configuration for a format that is found out. */
const AUTO = 'auto';
/** Files of one log that are looked at; of more, these are spread over them. */
const MAX_FILES = 50;

/** A log, and how its files are read. */
export interface ResolvedSource {
  plan: SourcePlan;
  parser: Parser;
  /** What its first file with records begins with; absent where no file has any. */
  recognition?: Recognition;
}

/** What tells how a log is read, beside its files. */
export interface ResolveRequest {
  parsers: readonly Parser[];
  /** Kind of the resource whose log it is; absent for shared input. */
  engine?: Engine;
  /** Begins messages: `vedette.yaml: resources[0].logs[0]`. */
  owner: string;
}

/** What more is known of a log that grows. */
export interface GrowingLog {
  /** How it was read before, oldest first; empty: it never was. */
  known: readonly Settlement[];
  /** What it begins with where it is no file. */
  startOf: (plan: SourcePlan) => Promise<FileStart>;
  /** Wall time, epoch milliseconds. */
  now: number;
}

/** Whether something about a log must be found out from its files. */
export function isOpen({ format, logLinePrefix }: SourcePlan, parsers: readonly Parser[]): boolean {
  const parser = parsers.find(({ id }) => id === format);
  return parser === undefined || (parser.defaultPrefix !== undefined && logLinePrefix === undefined);
}

/**
 * Finds out how the files of a log are read: one after the other, as far as the earlier do not tell of the later. A log
 * whose format or prefix changed on the way becomes several. What cannot be told is read as the rest is.
 */
export async function resolveSource(plan: SourcePlan, request: ResolveRequest): Promise<ResolvedSource[]> {
  const parsers = parsersFor(plan, request);
  const { groups, unknown } = await groupsOf(plan, parsers, []);
  return groups.length === 0
    ? [await unrecognized(plan, parsers, unknown, request.owner)]
    : groups.map(resolvedBy(plan));
}

/**
 * The same for a log that grows: it stays what it was known as. Undefined as long as what there is of it is too little to
 * tell: it is to be read later, from its beginning.
 */
export async function resolveGrowing(
  plan: SourcePlan,
  request: ResolveRequest,
  { known, startOf, now }: GrowingLog,
): Promise<ResolvedSource[] | undefined> {
  const parsers = parsersFor(plan, request);
  const start = plan.intake === undefined || known.length > 0 ? undefined : await startOf(plan);
  const { groups, unknown } = await groupsOf(plan, parsers, settledGroups(known, parsers), start);
  if (groups.some(({ isKnown }) => isKnown) || groups.some((group) => isEnough(group, now))) {
    return (plan.intake === undefined ? groups : groups.slice(-1)).map(resolvedBy(plan));
  }
  if (groups.length === 0 && unknown?.isWhole === false) {
    return [await unrecognized(plan, parsers, unknown, request.owner)];
  }
  return undefined;
}

/** Activities by which a format and a prefix can be told at once. */
const MANY = 10;
/** To a log that tells less nothing was added for so long. */
const QUIET_MS = 1000;

/** What a server says of itself has no names in its prefix: only lines of clients tell how they begin. */
function isEnough({ recognition, start }: LogGroup, now: number): boolean {
  if (recognition === undefined || start === undefined) {
    return false;
  }
  const { judged } = recognition.sample;
  return !start.isWhole || judged >= MANY || (judged > 0 && now - start.modified >= QUIET_MS);
}

function parsersFor({ format }: SourcePlan, { parsers, engine }: ResolveRequest): Parser[] {
  return fitting(parsers, format === AUTO ? undefined : format, engine);
}

/**
 * @param known how it was read before
 * @param only what it begins with where it is no file
 */
async function groupsOf(plan: SourcePlan, parsers: readonly Parser[], known: readonly LogGroup[], only?: FileStart) {
  const groups = [...known];
  const others: string[] = [];
  let current = known.at(-1);
  let unknown: FileStart | undefined;
  const looked = new Set(spread(plan.files));
  const look = async (start: FileStart) => {
    const group = start.bytes.length === 0 ? undefined : await groupOf(start, groups, parsers, plan);
    unknown ??= start.bytes.length > 0 && group === undefined ? start : undefined;
    current = group ?? current;
  };
  if (only !== undefined) {
    await look(only);
  }
  for (const path of plan.files) {
    if (looked.has(path)) {
      await look(await readFileStart(path));
    }
    (current?.files ?? others).push(path);
  }
  groups[0]?.files.unshift(...others);
  const used = groups.filter(({ files, start }) => files.length > 0 || start !== undefined);
  return { groups: used.length === 0 ? groups.slice(-1) : used, unknown };
}

/** Empty files may be of any format; one that is named is tried all the same. */
async function unrecognized(
  plan: SourcePlan,
  parsers: readonly Parser[],
  unknown: FileStart | undefined,
  owner: string,
): Promise<ResolvedSource> {
  const [parser] = parsers;
  if (parser === undefined || (unknown !== undefined && plan.format === AUTO)) {
    const formats = parsers.map(({ id }) => id).join(', ');
    const advice = `is of no format that is known; name its format, one of ${formats}, and its logLinePrefix where it has one`;
    const kind = unknown === undefined ? undefined : unreadKindOf(unknown.bytes);
    throw new UserError(`${owner}: "${unknown?.path ?? plan.files[0]}" ${kind ?? advice}`);
  }
  const recognition = unknown === undefined ? {} : { recognition: await tryOut(parser, plan, unknown) };
  return { plan: { ...plan, format: parser.id }, parser, ...recognition };
}

function resolvedBy(plan: SourcePlan): (group: LogGroup) => ResolvedSource {
  return ({ parser, logLinePrefix, recognition, files }) => ({
    plan: { ...plan, format: parser.id, files, ...(logLinePrefix !== undefined && { logLinePrefix }) },
    parser,
    ...(recognition !== undefined && { recognition }),
  });
}

function spread(files: readonly string[]): readonly string[] {
  const step = (files.length - 1) / (MAX_FILES - 1);
  return files.length <= MAX_FILES ? files : Array.from({ length: MAX_FILES }, (_, i) => files[Math.round(i * step)]!);
}
