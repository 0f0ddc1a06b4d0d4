import { statSync } from 'node:fs';
import { type FileStart, START_BYTES } from '../formats/file-start.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import type { Source } from '../sources/source.ts';
import type { Journals } from './journals.ts';
import { inputOf } from './live-plans.ts';

/** What has come of an input that is no file, as far as it is kept. */
export async function journalStart(
  source: SourcePlan,
  journals: Journals,
  sources: readonly Source[],
): Promise<FileStart> {
  const intake = source.intake!;
  const { options } = await journals.of(intake);
  const plan = { ...inputOf(source, intake.id, options), source: intake.source };
  const reader = sources.find(({ id }) => id === intake.source)!.open(plan, undefined, () => undefined);
  const bytes = new Uint8Array(START_BYTES);
  let length = 0;
  try {
    while (length < START_BYTES && (await reader.advance())) {
      for (let got = -1; got !== 0 && length < START_BYTES; length += got) {
        got = await reader.read(bytes, length, START_BYTES - length);
      }
    }
    const modified = statSync(reader.name, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return { path: intake.id, bytes: bytes.subarray(0, length), isWhole: length < START_BYTES, modified };
  } finally {
    reader.close();
  }
}
