import type { StreamsPlan as LiveStreamsPlan } from '../live/live-plan.ts';
import type { Parser } from '../parsers/parser.ts';
import { beforeHour, inOrderOfTime } from '../pipeline/file-order.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { chainOf } from '../sources/file-tail/chain-of.ts';
import type { FileTailOptions } from '../sources/file-tail/file-tail.ts';
import { matchingFiles } from '../sources/file-tail/matching-files.ts';
import type { InputPlan } from '../sources/source.ts';
import type { Journals } from './journals.ts';
import { HOURS, inputOf } from './live-plans.ts';

/** Chains of files that are read side by side: each takes a megabyte of memory. */
const MAX_CHAINS = 256;

/** How the shared streams are read; undefined where there are none. */
export async function liveStreamsOf(
  sources: readonly SourcePlan[],
  parsers: readonly Parser[],
  journals: Journals,
  note: (text: string) => void,
): Promise<LiveStreamsPlan | undefined> {
  const inputs: InputPlan[] = [];
  for (const source of sources) {
    if (source.intake !== undefined) {
      const { options } = await journals.of(source.intake);
      inputs.push({ ...inputOf(source, source.intake.id, options), source: source.intake.source });
      continue;
    }
    const others = sources.filter((other) => other !== source && other.pattern === source.pattern);
    const parser = parsers.find(({ id }) => id === source.format)!;
    inputs.push(
      ...(await chainsOf(
        source,
        others.flatMap(({ files }) => files),
        parser,
      )),
    );
  }
  if (inputs.length > MAX_CHAINS) {
    note(`streams: only the first ${MAX_CHAINS} of ${inputs.length} chains of files are read; use a blob stream`);
  }
  return sources.length === 0 ? undefined : { inputs: inputs.slice(0, MAX_CHAINS) };
}

/** Files of a chain are read one after another, chains side by side: those that grow do not wait for each other. */
async function chainsOf(source: SourcePlan, excluded: readonly string[], parser: Parser): Promise<InputPlan[]> {
  const id = ['stream', source.pattern, source.format, source.logLinePrefix].filter((part) => part !== undefined);
  const chains = Map.groupBy(source.files, keyOf);
  const inputs: InputPlan[] = [];
  for (const [key, files] of chains) {
    const timed = await inOrderOfTime({ ...source, files }, parser);
    const history = timed.map(({ path }) => path);
    const folder = beforeHour(files[0]!);
    const options: FileTailOptions =
      folder === undefined
        ? { history, pattern: source.pattern!, excluded, chain: key }
        : { history, pattern: `${folder}/${HOURS}`, excluded };
    inputs.push(inputOf(source, [...id, key].join(' '), options));
  }
  return inputs;
}

function keyOf(path: string): string {
  return beforeHour(path) ?? chainOf(path);
}

/** The chains of the files that hold anything at present. */
export function chainsPresent(sources: readonly SourcePlan[]): Set<string> {
  const patterns = new Set(sources.map(({ pattern }) => pattern).filter((pattern) => pattern !== undefined));
  const files = [...patterns].flatMap(matchingFiles);
  return new Set(files.filter(({ stats }) => stats.size > 0).map(({ path }) => keyOf(path)));
}

/** The chains that are read. */
export function chainsRead(sources: readonly SourcePlan[]): Set<string> {
  return new Set(sources.flatMap(({ files }) => files.map(keyOf)));
}
