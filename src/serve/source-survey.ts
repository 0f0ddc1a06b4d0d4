import type { Detector } from '../detectors/detector.ts';
import { type FileStart, readFileStart } from '../formats/file-start.ts';
import { gapsOf } from '../formats/gaps.ts';
import { tryOut } from '../formats/recognize.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { matchingFiles } from '../sources/file-tail/matching-files.ts';

/** A log is looked at again after so long; so few are looked at in one go. */
const AGAIN_MS = 600_000;
const AT_ONCE = 4;
const LOOK_MS = 5000;
/** Fewer records do not show which kinds are missing. */
const MANY_RECORDS = 1000;

/** A log that is read, and what it is of; undefined: whatever streams tell of. */
export interface ReadSource {
  source: SourcePlan;
  engine: Engine | undefined;
}

interface Surveyed {
  /** Wall time of the last look; 0: there was nothing to be seen. */
  time: number;
  lacks: readonly string[];
}

/** What the records of logs do not tell. */
export interface SourceSurvey {
  lacksOf(source: SourcePlan): readonly string[];
  stop(): void;
}

/**
 * Looks at a few logs every now and then.
 *
 * @param all those that are read, with what they are of
 * @param startOf what has come of an input that is no file
 */
export function surveySources(
  all: () => readonly ReadSource[],
  { parsers, detectors }: { parsers: readonly Parser[]; detectors: readonly Pick<Detector, 'id' | 'watches'>[] },
  startOf: (source: SourcePlan) => Promise<FileStart>,
): SourceSurvey {
  const surveyed = new WeakMap<SourcePlan, Surveyed>();

  async function look(): Promise<void> {
    const due = all().filter(({ source }) => Date.now() - (surveyed.get(source)?.time ?? 0) > AGAIN_MS);
    for (const { source, engine } of due.slice(0, AT_ONCE)) {
      surveyed.set(source, await survey(source, engine));
    }
  }

  async function survey(source: SourcePlan, engine: Engine | undefined): Promise<Surveyed> {
    const parser = parsers.find(({ id }) => id === source.format);
    const start = source.intake === undefined ? await newestStart(source) : await startOf(source);
    if (parser === undefined || start === undefined || start.bytes.length === 0) {
      return { time: 0, lacks: [] };
    }
    const { sample } = await tryOut(parser, source, start);
    const prefix = source.logLinePrefix ?? parser.defaultPrefix;
    const gaps = gapsOf({ sample, engine: engine ?? 'postgresql', prefix, detectors });
    const told = gaps.filter(({ tellsHow }) => tellsHow !== true || sample.records >= MANY_RECORDS);
    return { time: Date.now(), lacks: told.map(({ text, sql }) => [text, ...sql].join('; ')) };
  }

  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS); // it is looked at again
  timer.unref();
  return { lacksOf: (source) => surveyed.get(source)?.lacks ?? [], stop: () => clearInterval(timer) };
}

async function newestStart({ pattern, files }: SourcePlan): Promise<FileStart | undefined> {
  const found = pattern === undefined ? files.flatMap(matchingFiles) : matchingFiles(pattern);
  const filled = found.filter(({ stats }) => stats.size > 0).sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  return filled[0] && readFileStart(filled[0].path);
}
