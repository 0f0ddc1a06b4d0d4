import type { Engine } from '../model/resource.ts';
import { fitting, recognize } from './recognize.ts';
import { formatText, gapsOfSource } from './resolve-formats.ts';
import { type LogSurvey, type Plugins, weaknessOf } from './survey.ts';

/** What some lines of a log tell of how it is to be read. */
export interface LinesSurvey extends Omit<LogSurvey, 'files' | 'isFound'> {
  parserId: string;
  logLinePrefix?: string;
}

/** Looks at lines that somebody has copied out of a log; undefined where they fit no format. */
export async function surveyLines(
  bytes: Uint8Array,
  engine: Engine,
  { parsers, detectors }: Plugins,
): Promise<LinesSurvey | undefined> {
  const start = { path: 'lines', bytes, isWhole: true, modified: 0 };
  const recognition = await recognize(start, { parsers: fitting(parsers, undefined, engine) });
  if (recognition === undefined) {
    return undefined;
  }
  const { parser, logLinePrefix, sample } = recognition;
  const prefix = logLinePrefix === undefined ? {} : { logLinePrefix };
  const resolved = { plan: { format: parser.id, files: [], ...prefix }, parser, recognition };
  const weakness = weaknessOf(parser, logLinePrefix ?? parser.defaultPrefix);
  return {
    parserId: parser.id,
    format: formatText(resolved),
    ...prefix,
    sample,
    gaps: gapsOfSource(resolved, detectors, engine),
    ...(weakness !== undefined && { weakness }),
  };
}
