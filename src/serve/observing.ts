import type { Engine } from '../live/engine.ts';
import { STREAMS_KEY } from '../live/live-plan.ts';
import type { LostInput, SourceHealth } from '../model/resource-health.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Source } from '../sources/source.ts';
import type { Observation } from '../telemetry/observe-health.ts';
import { sourceHealthOf } from './intake-reports.ts';
import { journalStart } from './journal-start.ts';
import type { Planning } from './planning.ts';
import type { Receiving } from './receiving.ts';
import { type ReadSource, surveySources } from './source-survey.ts';

/** Gaps of an input that are remembered until health has them. */
const MAX_GAPS = 20;

/** What health is made of. */
export interface Observing {
  observations(): Observation[];
  stop(): void;
}

/** Joins what judging threads tell of resources with how the ways in fare. */
export function observing(
  engine: Pick<Engine, 'status'>,
  planning: Planning,
  receiving: Receiving,
  plugins: Plugins & { sources: readonly Source[] },
): Observing {
  const lost = new Map<string, LostInput[]>();
  const survey = surveySources(
    () => [...engine.status.keys()].flatMap((key) => readOf(planning, key)),
    plugins,
    (source) => journalStart(source, receiving.journals, plugins.sources),
  );
  return {
    observations() {
      for (const { owner, gap } of receiving.takeGaps()) {
        lost.set(owner, [...(lost.get(owner) ?? []), gap].slice(-MAX_GAPS));
      }
      const statuses = new Map(receiving.reports().map(({ inputId, status }) => [inputId, status]));
      return [...engine.status.values()].map((status) => ({
        ...status,
        gaps: [...status.gaps, ...(lost.get(status.key) ?? [])],
        sources: planning.sourcesOf(status.key).map(({ source, isPending }): SourceHealth => {
          const reading = { ...readingOf(source), lacks: survey.lacksOf(source), isPending };
          const { intake } = source;
          return intake === undefined
            ? fileHealthOf(source, reading)
            : sourceHealthOf(intake, reading, statuses.get(intake.id));
        }),
      }));
    },
    stop: () => survey.stop(),
  };
}

/** The logs of a resource that are read, with its kind as their formats tell it. */
function readOf(planning: Planning, key: string): ReadSource[] {
  const engine: ReadSource['engine'] =
    key === STREAMS_KEY ? undefined : /\/databaseaccounts\//.test(key) ? 'cosmosdb' : 'postgresql';
  return planning.sourcesOf(key).flatMap(({ source, isPending }) => (isPending ? [] : [{ source, engine }]));
}

function readingOf({ format, logLinePrefix }: SourcePlan): Pick<SourceHealth, 'format' | 'logLinePrefix'> {
  return { format, ...(logLinePrefix !== undefined && { logLinePrefix }) };
}

type Reading = Parameters<typeof sourceHealthOf>[1];

function fileHealthOf({ pattern, files }: SourcePlan, { isPending, ...reading }: Reading): SourceHealth {
  const name = pattern ?? files[0] ?? 'no file';
  return { ...reading, name, source: 'file-tail', state: isPending ? 'pending' : 'running', refused: [] };
}
