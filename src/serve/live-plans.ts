import type { LivePlan, LogPlan } from '../live/live-plan.ts';
import type { Parser } from '../parsers/parser.ts';
import { chainsOfLog } from '../pipeline/file-chains.ts';
import { beforeHour, inOrderOfTime } from '../pipeline/file-order.ts';
import type { IntakePlan, ResourcePlan, SourcePlan } from '../pipeline/plan.ts';
import { type FileTailOptions, fileTail } from '../sources/file-tail/file-tail.ts';
import type { InputPlan } from '../sources/source.ts';
import type { Journals } from './journals.ts';

/** What Azure's export to storage makes of a folder: hour after hour. */
export const HOURS = 'y=*/m=*/d=*/h=*/m=*/*';

/** A resource of the configuration as it is judged live: its files, and those that come. */
export async function livePlanOf(
  { sources, ...plan }: ResourcePlan,
  parsers: readonly Parser[],
  journals: Journals,
  decided: Pick<LivePlan, 'alertsFrom' | 'isOn' | 'isArchived'>,
): Promise<LivePlan> {
  const logs: LogPlan[] = [];
  for (const [i, source] of sources.entries()) {
    if (source.intake !== undefined) {
      logs.push(await logOfJournal(source, source.intake, journals));
      continue;
    }
    const others = sources.filter((other) => other !== source && other.pattern === source.pattern);
    const isLast = !sources.slice(i + 1).some((other) => others.includes(other));
    const parser = parsers.find(({ id }) => id === source.format)!;
    logs.push(await logOf(source, isLast ? others.flatMap(({ files }) => files) : undefined, parser));
  }
  return { ...plan, logs, ...decided };
}

/** @param excluded files that are read in another way; undefined: only the files that are there already are read in this */
async function logOf(source: SourcePlan, excluded: readonly string[] | undefined, parser: Parser): Promise<LogPlan> {
  const id = [source.pattern, source.format, source.logLinePrefix].filter((part) => part !== undefined).join(' ');
  const inputs: InputPlan[] = [];
  for (const chain of source.files.length === 0 ? [source] : chainsOfLog(source)) {
    const folder = beforeHour(chain.files[0] ?? '');
    const history = (await inOrderOfTime(chain, parser)).map(({ path }) => path);
    const pattern = folder === undefined ? source.pattern : `${folder}/${HOURS}`;
    const options: FileTailOptions = {
      history,
      ...(pattern !== undefined && excluded !== undefined && { pattern, excluded }),
    };
    inputs.push(inputOf(source, folder === undefined ? id : `${id} ${folder}`, options));
  }
  return { id, inputs };
}

async function logOfJournal(source: SourcePlan, intake: IntakePlan, journals: Journals): Promise<LogPlan> {
  const { options } = await journals.of(intake);
  return { id: intake.id, inputs: [{ ...inputOf(source, intake.id, options), source: intake.source }] };
}

export function inputOf({ format, logLinePrefix, timezone }: SourcePlan, id: string, options: unknown): InputPlan {
  return {
    id,
    source: fileTail.id,
    format,
    options,
    ...(logLinePrefix !== undefined && { logLinePrefix }),
    ...(timezone !== undefined && { timezone }),
  };
}
