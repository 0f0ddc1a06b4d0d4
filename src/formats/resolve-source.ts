import { UserError } from '../lib/user-error.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { type FileStart, readFileStart } from './file-start.ts';
import { fitting, type Recognition, recognize, tryOut } from './recognize.ts';

/** Word of the configuration for a format that is found out. */
const AUTO = 'auto';
/** What understands so much of a further file is not asked again which format it is. */
const SURE_SHARE = 0.95;
/** Files of one log that are looked at; of more, these are spread over them. */
const MAX_FILES = 50;

/** A log, and how its files are read. */
export interface ResolvedSource {
  plan: SourcePlan;
  parser: Parser;
  /** What its first file with records begins with; absent where no file has any. */
  recognition?: Recognition;
}

/** Files that are read in one way. */
interface Group {
  recognition: Recognition;
  files: string[];
}

/** What tells how a log is read, beside its files. */
export interface ResolveRequest {
  parsers: readonly Parser[];
  /** Kind of the resource whose log it is; absent for shared input. */
  engine?: Engine;
  /** Begins messages: `vedette.yaml: resources[0].logs[0]`. */
  owner: string;
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
  const parsers = fitting(request.parsers, plan.format === AUTO ? undefined : plan.format, request.engine);
  const groups: Group[] = [];
  const others: string[] = [];
  let current: Group | undefined;
  let unknown: FileStart | undefined;
  const looked = new Set(spread(plan.files));
  for (const path of plan.files) {
    const start = looked.has(path) ? await readFileStart(path) : undefined;
    if (start !== undefined && start.bytes.length > 0) {
      const group = await groupOf(start, groups, parsers, plan);
      unknown ??= group === undefined ? start : undefined;
      current = group ?? current;
    }
    (current?.files ?? others).push(path);
  }
  if (groups.length === 0) {
    return [await unrecognized(plan, parsers, unknown, request.owner)];
  }
  groups[0]!.files.unshift(...others);
  return groups.map(({ recognition, files }) => resolved(plan, recognition, files));
}

/** The group that a file belongs to, a new one where need be; undefined where no format fits. */
async function groupOf(
  start: FileStart,
  groups: Group[],
  parsers: readonly Parser[],
  { timezone, logLinePrefix }: SourcePlan,
): Promise<Group | undefined> {
  for (const group of groups) {
    const { parser, logLinePrefix: prefix } = group.recognition;
    const { sample } = await tryOut(parser, { timezone, logLinePrefix: prefix }, start);
    if (sample.share >= SURE_SHARE) {
      return group;
    }
  }
  const recognition = await recognize(start, { parsers, timezone, logLinePrefix });
  const same = groups.find(
    ({ recognition: known }) =>
      known.parser === recognition?.parser && known.logLinePrefix === recognition.logLinePrefix,
  );
  if (recognition === undefined || same !== undefined) {
    return same;
  }
  const group = { recognition, files: [] };
  groups.push(group);
  return group;
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
    throw new UserError(
      `${owner}: "${unknown?.path ?? plan.files[0]}" is of no format that is known; name its format, one of ${formats}, and its logLinePrefix where it has one`,
    );
  }
  const recognition = unknown === undefined ? {} : { recognition: await tryOut(parser, plan, unknown) };
  return { plan: { ...plan, format: parser.id }, parser, ...recognition };
}

function resolved(plan: SourcePlan, recognition: Recognition, files: string[]): ResolvedSource {
  const { parser, logLinePrefix } = recognition;
  const prefix = logLinePrefix === undefined ? {} : { logLinePrefix };
  return { plan: { ...plan, format: parser.id, files, ...prefix }, parser, recognition };
}

function spread(files: readonly string[]): readonly string[] {
  const step = (files.length - 1) / (MAX_FILES - 1);
  return files.length <= MAX_FILES ? files : Array.from({ length: MAX_FILES }, (_, i) => files[Math.round(i * step)]!);
}
