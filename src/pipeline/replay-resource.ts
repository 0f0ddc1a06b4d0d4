import { createAlertBook } from '../alerts/alert-book.ts';
import { toAzureAlert } from '../alerts/to-azure-alert.ts';
import type { Detector } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import type { Parser } from '../parsers/parser.ts';
import { emptyCounts } from './counts.ts';
import { inOrderOfTime } from './file-order.ts';
import { createLane, type Lane } from './lane.ts';
import type { Counts, ResourcePlan } from './plan.ts';
import { openSourceStream, type SourceStream } from './source-stream.ts';

/** What only the caller knows by name. */
export interface Plugins {
  parsers: readonly Parser[];
  detectors: readonly Detector[];
}

/** One alert, ready to be merged with those of other resources. */
export interface ReplayedAlert {
  startTimeUtc: string;
  name: string;
  json: string;
}

export interface ResourceOutcome {
  alerts: ReplayedAlert[];
  counts: Counts;
}

/**
 * Judges the whole history of one resource. The outcome depends on the plan and the files alone.
 *
 * @param onBytes told how many bytes of the files on disk have been read since it was last told
 */
export async function replayResource(
  plan: ResourcePlan,
  range: { from: number; to: number },
  plugins: Plugins,
  enrichment: Enrichment,
  onBytes: (bytes: number) => void,
): Promise<ResourceOutcome> {
  const counts = emptyCounts();
  const book = createAlertBook(plan.resource);
  const lane = createLane(plan, plugins.detectors, enrichment, book, counts);
  const streams = await openStreams(plan, range.to, plugins, counts);
  await (streams.length === 1 ? drain(streams[0]!, lane, onBytes) : merge(streams, lane, onBytes));
  lane.finish();
  const alerts = book
    .alerts()
    .filter((alert) => alert.startTime >= range.from)
    .map(toAzureAlert)
    .map((alert) => ({ startTimeUtc: alert.properties.startTimeUtc, name: alert.name, json: JSON.stringify(alert) }));
  return { alerts, counts };
}

async function openStreams(
  plan: ResourcePlan,
  to: number,
  { parsers }: Plugins,
  counts: Counts,
): Promise<SourceStream[]> {
  return Promise.all(
    plan.sources.map(async (source) => {
      const parser = parsers.find(({ id }) => id === source.format)!;
      return openSourceStream(source, await inOrderOfTime(source, parser), parser, to, counts);
    }),
  );
}

/** One source is judged in its own order. */
async function drain(stream: SourceStream, lane: Lane, onBytes: (bytes: number) => void): Promise<void> {
  const { view } = stream.reader;
  const progress = progressOf([stream], onBytes);
  while (!stream.isEnded) {
    while (stream.next()) {
      lane.accept(view, stream, stream.isLate);
    }
    await stream.load();
    progress();
  }
}

/** Several sources are judged in the order of event time; of equal times, the one configured first. */
async function merge(streams: readonly SourceStream[], lane: Lane, onBytes: (bytes: number) => void): Promise<void> {
  const progress = progressOf(streams, onBytes);
  const open = new Set<SourceStream>();
  for (const stream of streams) {
    if (await advance(stream, progress)) {
      open.add(stream);
    }
  }
  while (open.size > 0) {
    let first: SourceStream | undefined;
    for (const stream of open) {
      if (first === undefined || stream.reader.view.time < first.reader.view.time) {
        first = stream;
      }
    }
    lane.accept(first!.reader.view, first!, first!.isLate);
    if (!first!.next() && !(await advance(first!, progress))) {
      open.delete(first!);
    }
  }
}

/** Goes to the next activity of a stream; false when it has none. */
async function advance(stream: SourceStream, progress: () => void): Promise<boolean> {
  while (!stream.isEnded) {
    await stream.load(); // never `next` twice without it
    progress();
    if (stream.next()) {
      return true;
    }
  }
  return false;
}

function progressOf(streams: readonly SourceStream[], onBytes: (bytes: number) => void): () => void {
  let told = 0;
  return () => {
    const read = streams.reduce((sum, stream) => sum + stream.diskBytes(), 0);
    if (read > told) {
      onBytes(read - told);
      told = read;
    }
  };
}
