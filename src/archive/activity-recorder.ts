import { PairTable } from '../lib/pair-table.ts';
import { type Activity, ActivityClass, type ActivityObserver, type Directory } from '../model/activity.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { Resource } from '../model/resource.ts';
import { fingerprintOf } from '../sql/fingerprint-of.ts';
import { ShapeBook } from '../sql/shape-book.ts';
import { newColumns, ROW_BYTES, widened } from './activity-columns.ts';
import { type ArchivedAddress, type ArchivedStatement, encodeBlock } from './block.ts';
import { IdCodes } from './id-codes.ts';
import { statementToKeep } from './statement-to-keep.ts';

const FIRST_ROWS = 64;
/** Room for so many rows is kept between blocks; more was for a burst. */
const KEPT_ROWS = 65_536;
/** Statements that are known to have been written; when there are more, they are written once more. */
const MAX_STATEMENTS = 65_536;
/** After so many blocks statements are written once more: a block with them may have been lost. */
const FORGET_BLOCKS = 2000;
/** After so long as well: statements that no activity has are removed when they are a day old. */
const FORGET_MS = 43_200_000;
/** A longer text is cut: it is found by its fingerprint all the same. */
const MAX_TEXT = 16_384;
const STATEMENTS = ActivityClass.statement | ActivityClass.statementError;

/** Writes down the activities of one resource, as columns of numbers; texts once for each block. */
export interface ActivityRecorder extends ActivityObserver {
  /** Bytes that wait to be taken, about. */
  bytes(): number;
  /** What was written down since it was last asked; undefined where that is nothing. */
  take(): Uint8Array | undefined;
}

export function createActivityRecorder({ key, engine }: Resource): ActivityRecorder {
  let columns = newColumns(FIRST_ROWS);
  let capacity = FIRST_ROWS;
  let rows = 0;
  let directory!: Directory;
  let latestSource: string | undefined;
  let latestSourceCode = 0;
  const sources: string[] = [];
  const statements: ArchivedStatement[] = [];
  let known = new PairTable();
  let blocks = 0;
  let knownSince = Date.now();
  const shapes = new ShapeBook(engine);
  const principals = new IdCodes((id) => directory.principal(id));
  const databases = new IdCodes((id) => directory.database(id));
  const applications = new IdCodes((id) => directory.application(id));
  const words = new IdCodes((id) => directory.word(id));
  const addresses = new IdCodes((id) => archived(directory.address(id)));
  const kinds = [principals, databases, applications, words, addresses];

  function sourceCode(source: string): number {
    if (source !== latestSource) {
      latestSource = source;
      const at = sources.indexOf(source);
      latestSourceCode = at < 0 ? sources.push(source) : at + 1;
    }
    return latestSourceCode;
  }

  function noteStatement(activity: Activity, row: number): void {
    const print = fingerprintOf(activity);
    const { low, high, length } = print;
    columns.fingerprintLow[row] = length === 0 ? 0 : low;
    columns.fingerprintHigh[row] = length === 0 ? 0 : high;
    if (length === 0 || known.find(low, high) !== 0) {
      return;
    }
    if (known.size >= MAX_STATEMENTS) {
      known = new PairTable();
    }
    known.add(low, high);
    const shape = shapes.shapeOf(print, activity);
    statements.push({
      low,
      high,
      text: statementToKeep(activity.statementText(), engine).slice(0, MAX_TEXT),
      kinds: shape.statements,
      reads: shape.reads,
      writes: shape.writes,
    });
  }

  function clear(): void {
    rows = 0;
    if (capacity > KEPT_ROWS) {
      columns = newColumns(FIRST_ROWS);
      capacity = FIRST_ROWS;
    }
    for (const codes of kinds) {
      codes.clear();
    }
    sources.length = 0;
    statements.length = 0;
    latestSource = undefined;
  }

  return {
    bytes: () => rows * ROW_BYTES,
    observe(activity) {
      if (rows === capacity) {
        capacity *= 2;
        columns = widened(columns, capacity);
      }
      const row = rows++;
      directory = activity.directory;
      columns.time[row] = activity.time;
      columns.responseBytes[row] = activity.responseBytes;
      columns.byteOffset[row] = activity.byteOffset;
      columns.class[row] = activity.class;
      columns.principal[row] = principals.codeOf(activity.principal);
      columns.database[row] = databases.codeOf(activity.database);
      columns.application[row] = applications.codeOf(activity.application);
      columns.address[row] = addresses.codeOf(activity.address);
      columns.operation[row] = words.codeOf(activity.operation);
      columns.container[row] = words.codeOf(activity.container);
      columns.source[row] = sourceCode(activity.source);
      columns.status[row] = activity.status;
      columns.sessionHigh[row] = activity.sessionHigh;
      columns.sessionLow[row] = activity.sessionLow;
      columns.failure[row] = activity.failure;
      columns.protection[row] = activity.protection;
      columns.isLate[row] = activity.isLate ? 1 : 0;
      if ((activity.class & STATEMENTS) !== 0) {
        noteStatement(activity, row);
      } else {
        columns.fingerprintLow[row] = 0;
        columns.fingerprintHigh[row] = 0;
      }
    },
    forgetIds() {
      for (const codes of kinds) {
        codes.forgetIds();
      }
    },
    take() {
      if (rows === 0) {
        return undefined;
      }
      const block = encodeBlock(columns, rows, {
        resource: key,
        engine,
        principals: principals.values,
        databases: databases.values,
        applications: applications.values,
        words: words.values,
        addresses: addresses.values,
        sources,
        statements,
      });
      clear();
      blocks++;
      if (blocks === FORGET_BLOCKS || Date.now() - knownSince > FORGET_MS) {
        known = new PairTable();
        blocks = 0;
        knownSince = Date.now();
      }
      return block;
    },
  };
}

function archived(facts: AddressFacts): ArchivedAddress {
  const { address, location, autonomousSystem, place, namedNetwork, cloudRegion } = facts;
  return {
    text: address,
    ...(location !== undefined && { country: location.countryCode }),
    ...(location?.city !== undefined && { city: location.city }),
    ...(autonomousSystem !== undefined && {
      asn: autonomousSystem.number,
      organization: autonomousSystem.organization,
    }),
    ...(place !== undefined && { place: place.label }),
    ...(namedNetwork !== undefined && { network: namedNetwork.name }),
    ...(cloudRegion !== undefined && { cloud: `${cloudRegion.provider} ${cloudRegion.region}` }),
  };
}
