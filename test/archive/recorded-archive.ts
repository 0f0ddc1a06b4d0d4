import { join } from 'node:path';
import { createActivityRecorder } from '../../src/archive/activity-recorder.ts';
import type { Archive } from '../../src/archive/open-archive.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { detectors } from '../../src/detectors/index.ts';
import { createEnrichment, loadAddressData } from '../../src/enrichers/enrichment.ts';
import { resolveFormats } from '../../src/formats/resolve-formats.ts';
import type { Alert } from '../../src/model/alert.ts';
import { NOTIFIERS } from '../../src/notifiers/index.ts';
import { parsers } from '../../src/parsers/index.ts';
import { mergeByTime } from '../../src/pipeline/merge-by-time.ts';
import { createJudgement, openLogs } from '../../src/pipeline/replay-resource.ts';
import { sources } from '../../src/sources/index.ts';
import type { Store } from '../../src/store/store.ts';
import { ROOT } from '../run-vedette.ts';

const BLOCKS_BYTES = 1_000_000;

export interface RecordedArchive {
  archive: Archive;
  alerts: Alert[];
}

/** What the recorded logs of a configuration tell, judged as they were and put into an archive. */
export async function recordedArchive(
  store: Store,
  directory: string,
  file = join(ROOT, 'examples/quickstart/vedette.yaml'),
): Promise<RecordedArchive> {
  const plugins = { parsers, detectors, sources, notifiers: NOTIFIERS };
  const config = await loadConfig(file, plugins);
  const { resources } = await resolveFormats(config, plugins);
  const enrichment = createEnrichment(await loadAddressData(config.enrichment));
  const archive = await openArchive(join(directory, 'archive'), store.archive);
  const alerts: Alert[] = [];
  const owners = await store.state.claim(
    resources.map((_, shard) => shard),
    'test',
  );
  for (const [shard, plan] of resources.entries()) {
    const recorder = createActivityRecorder(plan.resource);
    const judgement = createJudgement(plan, plugins, enrichment, undefined, false, recorder);
    const { inlets, leave } = await openLogs(judgement, Number.POSITIVE_INFINITY, plugins);
    const blocks: Uint8Array[] = [];
    await mergeByTime(inlets, leave, () => {
      if (recorder.bytes() > BLOCKS_BYTES) {
        blocks.push(recorder.take()!);
      }
    });
    alerts.push(...judgement.finish(Number.NEGATIVE_INFINITY).map(({ json }) => JSON.parse(json) as Alert));
    const end = await archive.append(
      shard,
      [...blocks, recorder.take()].filter((it) => it !== undefined),
    );
    const spooled = { archive: archive.id, end };
    await store.state.checkpoint([{ owner: owners[shard]!, resources: [], spooled }]);
    archive.noteCommitted(shard, end);
  }
  await archive.flush();
  return { archive, alerts };
}
