import { sqlStateText } from '../postgres/sql-state.ts';
import type { ArchivedAddress, ArchivedStatement, Block, BlockDictionary } from './block.ts';
import { Coding, PairCoding } from './coding.ts';

/** Columns of rows whose values are codes. */
const CODED = [
  'resource',
  'kind',
  'principal',
  'database',
  'application',
  'address',
  'operation',
  'container',
  'source',
  'state',
  'session',
  'fingerprint',
  'failure',
  'protection',
] as const;
type Coded = (typeof CODED)[number];
/** Kinds of activities: bit of the class, and whether a status of HTTP says that it failed. */
export const FAILED_KIND = 32;
const FIRST_FAILED_STATUS = 400;
/** Times that files can hold: the years 1970 to 2500. Other numbers are no greater than bytes that exist. */
const LAST_TIME = Date.UTC(2500, 0, 1);
const MOST = 2 ** 50;

/** Rows of several blocks, as columns with codes in common. */
export class SpooledRows {
  count = 0;
  readonly texts = new Coding<string>();
  readonly addresses = new Coding<ArchivedAddress>();
  readonly sessions = new PairCoding((high, low) => `${(high >>> 0).toString(16)}.${(low >>> 0).toString(16)}`);
  readonly fingerprints = new PairCoding(fingerprintOf);
  readonly statements = new Coding<ArchivedStatement>();
  readonly codes: Record<Coded, Int32Array>;
  /** Epoch milliseconds. */
  readonly time: Float64Array;
  readonly shard: Int32Array;
  /** Where a row stands in the spool of its shard: it has that place alone. */
  readonly place: Float64Array;
  /** Not a number: not told. */
  readonly bytes: Float64Array;
  readonly logOffset: Float64Array;
  readonly isLate: Uint8Array;

  constructor(capacity: number) {
    this.codes = Object.fromEntries(CODED.map((name) => [name, new Int32Array(capacity)])) as Record<Coded, Int32Array>;
    this.time = new Float64Array(capacity);
    this.shard = new Int32Array(capacity);
    this.place = new Float64Array(capacity);
    this.bytes = new Float64Array(capacity);
    this.logOffset = new Float64Array(capacity);
    this.isLate = new Uint8Array(capacity);
  }

  /** @param base where the block begins in the spool of its shard */
  add({ rows, columns, dictionary }: Block, shard: number, base: number): void {
    const from = this.count;
    this.count += rows;
    this.shard.fill(shard, from, this.count);
    this.codes.resource.fill(this.textCode(dictionary.resource), from, this.count);
    this.codes.failure.set(columns.failure, from);
    this.codes.protection.set(columns.protection, from);
    this.isLate.set(columns.isLate, from);
    for (let row = 0; row < rows; row++) {
      this.time[from + row] = whole(columns.time[row]!, LAST_TIME);
      this.place[from + row] = base + row;
      this.bytes[from + row] = columns.responseBytes[row] === 0 ? Number.NaN : whole(columns.responseBytes[row]!, MOST);
      this.logOffset[from + row] = whole(columns.byteOffset[row]!, MOST);
      this.codes.session[from + row] = this.sessions.codeOf(columns.sessionHigh[row]!, columns.sessionLow[row]!);
      const [high, low] = [columns.fingerprintHigh[row]!, columns.fingerprintLow[row]!];
      this.codes.fingerprint[from + row] = this.fingerprints.codeOf(high, low);
    }
    this.addStates(columns.class, columns.status, dictionary.engine === 'cosmosdb', from);
    this.addNames(columns, dictionary, from);
    for (const statement of dictionary.statements) {
      this.statements.codeOf(`${statement.high}:${statement.low}`, () => statement);
    }
  }

  textCode(text: string): number {
    return this.texts.codeOf(text, () => text);
  }

  private addStates(classes: Int32Array, status: Int32Array, isHttp: boolean, from: number): void {
    const states = new Map<number, number>([[0, 0]]);
    for (let row = 0; row < classes.length; row++) {
      const it = status[row]!;
      let state = states.get(it);
      if (state === undefined) {
        state = this.textCode(isHttp ? String(it) : sqlStateText(it));
        states.set(it, state);
      }
      this.codes.state[from + row] = state;
      const bit = 31 - Math.clz32(classes[row]!);
      this.codes.kind[from + row] = isHttp && it >= FIRST_FAILED_STATUS ? FAILED_KIND + bit : bit;
    }
  }

  private addNames(columns: Block['columns'], own: BlockDictionary, from: number): void {
    const textsOf = (texts: readonly string[]) => Int32Array.of(0, ...texts.map((text) => this.textCode(text)));
    const words = textsOf(own.words);
    this.recode('principal', columns.principal, textsOf(own.principals), from);
    this.recode('database', columns.database, textsOf(own.databases), from);
    this.recode('application', columns.application, textsOf(own.applications), from);
    this.recode('operation', columns.operation, words, from);
    this.recode('container', columns.container, words, from);
    this.recode('source', columns.source, textsOf(own.sources), from);
    const addressCode = (it: ArchivedAddress) => this.addresses.codeOf(JSON.stringify(it), () => it);
    const none = own.engine === 'cosmosdb' ? 0 : addressCode({ text: '[local]' });
    this.recode('address', columns.address, Int32Array.of(none, ...own.addresses.map(addressCode)), from);
  }

  private recode(name: Coded, codes: Int32Array, meanings: Int32Array, from: number): void {
    const column = this.codes[name];
    for (let row = 0; row < codes.length; row++) {
      column[from + row] = meanings[codes[row]!]!;
    }
  }
}

function fingerprintOf(high: number, low: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

function whole(value: number, most: number): number {
  return Math.min(Math.max(Math.round(value), 0), most);
}
