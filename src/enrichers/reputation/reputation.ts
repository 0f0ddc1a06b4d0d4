import { basename } from 'node:path';
import { UserError } from '../../lib/user-error.ts';
import type { Listing, Reputation } from '../../model/address-facts.ts';
import { readDataFile } from '../data-file.ts';
import type { Enricher } from '../enricher.ts';
import { findValues } from '../ip-ranges.ts';
import { isCsv, readCsvList } from './csv-list.ts';
import { createEntryTable, isReserved, type ReputationTables } from './entry-table.ts';
import { isJson, readJsonList } from './json-list.ts';
import type { ListSink, ListText } from './list-entry.ts';
import { readPlainList } from './plain-list.ts';
import { isTorFileName } from './tor-words.ts';

/** Entries that are looked at for one address; many lists repeat themselves. */
const MOST_FOUND = 64;
/** What is told of one address. */
const MOST_TOLD = 8;
/** A list is read as one text. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** Which lists of suspicious addresses hold an address, and what they say of it. All that hold it are told. */
export const reputation: Enricher<ReputationTables> = {
  id: 'reputation',

  async load({ reputation: paths = [] }) {
    const table = createEntryTable();
    const notes: string[] = [];
    for (const path of paths) {
      const { label, bytes } = await readDataFile('enrichment.reputation', path);
      if (bytes.length > LARGEST_BYTES) {
        throw new UserError(`${label} is larger than 256 MB; give a shorter list`);
      }
      const name = basename(path).replace(/\.(?:gz|zst)$/i, '');
      const list = table.listNamed(name, label);
      readList({ label, text: bytes.toString().replace(/^\ufeff/, ''), isTor: isTorFileName(name) }, list.sink);
      notes.push(...list.notes());
    }
    return { tables: table.seal(), attributions: [], notes };
  },

  isEmpty: ({ listings }) => listings.length === 0,

  open({ ranges, listings }) {
    const known = new Map<string, Reputation>();
    return (address, facts) => {
      const found = findValues(ranges, address.lanes, MOST_FOUND);
      if (found.length > 0 && !isReserved(address.lanes)) {
        facts.reputation = shared(known, found, listings);
      }
    };
  },
};

function readList(list: ListText, sink: ListSink): void {
  const read = isJson(list.text) ? readJsonList : isCsv(list.text) ? readCsvList : readPlainList;
  read(list, sink);
}

/** One object for all addresses of which the same is said, as long as these are few. */
function shared(known: Map<string, Reputation>, found: readonly number[], listings: readonly Listing[]): Reputation {
  const told = [...new Set(found)].slice(0, MOST_TOLD);
  const key = told.join();
  const reputation = known.get(key) ?? { lists: told.map((position) => listings[position]) };
  if (known.size < 4096) {
    known.set(key, reputation);
  }
  return reputation;
}
