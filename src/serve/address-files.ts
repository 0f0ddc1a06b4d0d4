import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AddressDataFacts } from '../api/context.ts';
import type { AddressData, EnrichmentSettings } from '../enrichers/enrichment.ts';
import type { Publisher } from '../enrichers/update-data-file.ts';

/** Keys of the configuration that list data files. */
export const ADDRESS_DATA_KINDS = ['geo', 'asn', 'cloudRanges', 'reputation'] as const;

/** The files as they lie on disk now; one that is gone is left out. */
export async function addressFilesOf(
  settings: EnrichmentSettings,
  publishers: readonly Publisher[],
  { attributions, notes }: AddressData,
): Promise<AddressDataFacts> {
  const named = ADDRESS_DATA_KINDS.flatMap((kind) => (settings[kind] ?? []).map((path) => ({ kind, path })));
  const files = await Promise.all(
    named.map(async ({ kind, path }) => {
      const found = await stat(path).catch(() => undefined);
      const publisher = publishers.find(({ file }) => file === path);
      const facts = found && { bytes: found.size, changedTime: found.mtimeMs };
      return (
        facts && {
          kind,
          name: basename(path),
          ...facts,
          ...(publisher && { publisher: withoutSecrets(publisher.url) }),
        }
      );
    }),
  );
  return { files: files.filter((file) => file !== undefined), attributions, notes };
}

/** Keys of publishers stand in queries. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
