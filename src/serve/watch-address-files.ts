import { statSync } from 'node:fs';
import type { Config } from '../config/load-config.ts';
import { type AddressData, type EnrichmentSettings, loadAddressData } from '../enrichers/enrichment.ts';
import { ADDRESS_DATA_KINDS } from './address-files.ts';

/** Between two looks at the files. */
const LOOK_MS = 500;

/** What says which files tell of addresses. */
type Declared = Pick<Config, 'enrichment' | 'publishers'>;

/** The data files, looked at for as long as the server runs. */
export interface AddressFilesWatch {
  /** The files that there are. */
  settings(): EnrichmentSettings;
  /** The file of the configuration says something else by now. */
  declare(next: Declared): void;
  stop(): void;
}

/**
 * Reads all address data anew when a file was replaced, came or went, as soon as it stays the same for one look. What cannot
 * be read is told, and the data of before hold.
 *
 * @param looks how the files looked when they were read
 * @param renew is handed the data with the networks of the file
 * @param note one line for the log
 */
export function watchAddressFiles(
  first: Declared,
  looks: string,
  renew: (data: AddressData) => Promise<void>,
  note: (text: string) => void,
): AddressFilesWatch {
  let declared = first;
  let taken = looks;
  let before = taken;
  let isBusy = false;

  async function look(): Promise<void> {
    const now = addressFilesLooks(declared);
    const isSettled = now === before;
    before = now;
    if (now === taken || !isSettled) {
      return;
    }
    const data = await loadAddressData(settingsNow(declared));
    await renew(data);
    taken = now;
    for (const text of data.notes) {
      note(text);
    }
    note('address data were replaced: the new ones hold from now on');
  }

  const timer = setInterval(() => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    look()
      .catch((error: Error) => {
        note(`address data stay as they were: ${error.message}`);
        taken = before;
      })
      .finally(() => {
        isBusy = false;
      });
  }, LOOK_MS);
  return {
    settings: () => settingsNow(declared),
    declare(next) {
      declared = next;
    },
    stop: () => clearInterval(timer),
  };
}

/** The files of the configuration, and what publishers have brought since it was read. */
function settingsNow({ enrichment, publishers }: Declared): EnrichmentSettings {
  const lists = ADDRESS_DATA_KINDS.map((kind) => {
    const own = enrichment[kind] ?? [];
    const fetched = publishers.filter((it) => it.kind === kind && !own.includes(it.file)).map(({ file }) => file);
    return [kind, [...own, ...fetched].filter((path) => statOf(path) !== undefined)] as const;
  });
  return { ...enrichment, ...Object.fromEntries(lists) };
}

/** How the files look from outside; another text: something was replaced. */
export function addressFilesLooks(declared: Declared): string {
  const settings = settingsNow(declared);
  const files = ADDRESS_DATA_KINDS.flatMap((kind) => (settings[kind] ?? []).map((path) => ({ kind, path })));
  return JSON.stringify(
    files.map(({ kind, path }) => {
      const stats = statOf(path);
      return [kind, path, stats?.ino, stats?.size, stats?.mtimeMs];
    }),
  );
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}
