import type { Detector } from '../detectors/detector.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { prefixWeakness } from '../postgres/prefix-weakness.ts';
import { escapesIn, type Gap } from './gaps.ts';
import type { Sample } from './read-sample.ts';
import { formatText, gapsOfSource, type Inputs } from './resolve-formats.ts';
import { resolveSource } from './resolve-source.ts';

/** What was found of one log by looking at the beginning of its files. */
export interface LogSurvey {
  /** `csvlog`, `stderr with log_line_prefix '%m [%p] '`. */
  format: string;
  /** The configuration left the format, or its prefix, open. */
  isFound: boolean;
  files: readonly string[];
  /** Of the first file that holds anything; absent where all are empty. */
  sample?: Sample;
  gaps: readonly Gap[];
  /** How clients could write lines into the log without being told; absent where they cannot. */
  weakness?: string;
}

/** The logs of a resource, or of the streams. */
export interface InputSurvey {
  /** Name of the resource; `streams` for shared inputs. */
  name: string;
  /** Absent for streams. */
  id?: string;
  engine?: Engine;
  logs: readonly LogSurvey[];
}

export interface Plugins {
  parsers: readonly Parser[];
  detectors: readonly Pick<Detector, 'id' | 'watches'>[];
}

/** Looks at every input, at those whose format is named, too. Throws a `UserError` where no format fits. */
export async function surveyInputs({ resources, streams }: Inputs, plugins: Plugins): Promise<InputSurvey[]> {
  const surveys: InputSurvey[] = [];
  for (const { resource, sources } of resources) {
    const { name, id, engine } = resource;
    surveys.push({ name, id, engine, logs: await surveyLogs(sources, plugins, name, engine) });
  }
  if (streams.sources.length > 0) {
    surveys.push({ name: 'streams', logs: await surveyLogs(streams.sources, plugins, 'streams') });
  }
  return surveys;
}

async function surveyLogs(
  sources: readonly SourcePlan[],
  { parsers, detectors }: Plugins,
  owner: string,
  engine?: Engine,
): Promise<LogSurvey[]> {
  const surveys: LogSurvey[] = [];
  for (const source of sources) {
    for (const resolved of await resolveSource(source, { parsers, owner, ...(engine !== undefined && { engine }) })) {
      const { plan, parser, recognition } = resolved;
      const weakness = weaknessOf(parser, plan.logLinePrefix ?? parser.defaultPrefix);
      surveys.push({
        format: formatText(resolved),
        isFound:
          recognition !== undefined && (plan.format !== source.format || plan.logLinePrefix !== source.logLinePrefix),
        files: plan.files,
        gaps: gapsOfSource(resolved, detectors, engine),
        ...(weakness !== undefined && { weakness }),
        ...(recognition !== undefined && { sample: recognition.sample }),
      });
    }
  }
  return surveys;
}

/**
 * How names in the prefix help to forge lines. Only where a line is all that there is: syslog numbers its messages, and
 * JSON writes no newline of a name.
 */
export function weaknessOf({ defaultPrefix, namesResources }: Parser, prefix: string | undefined): string | undefined {
  const isLine = namesResources !== true && defaultPrefix !== undefined && escapesIn(defaultPrefix).length > 0;
  const hasName = prefix !== undefined && escapesIn(prefix).some((letter) => letter === 'u' || letter === 'd');
  return isLine && hasName ? prefixWeakness(prefix) : undefined;
}
