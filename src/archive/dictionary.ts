import { type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { sqlStateText } from '../postgres/sql-state.ts';
import type { ArchivedAddress, ArchivedStatement } from './block.ts';
import { ipKey } from './ip-key.ts';

/** Gives texts, addresses and statements of several blocks common codes. */
export interface Dictionary {
  nameOf(this: void, text: string): number;
  addressOf(this: void, address: ArchivedAddress): number;
  /** The code of the text of a status: an HTTP status, or an SQLSTATE as `sqlState` packs it. 0 where it is not told. */
  stateOf(status: number, isHttp: boolean): number;
  noteStatements(statements: readonly ArchivedStatement[]): void;
  /** Makes the tables `name`, `address` and `statement`. */
  write(connection: DuckDBConnection): Promise<void>;
}

export function createDictionary(): Dictionary {
  const names = new Map<string, number>();
  const addresses = new Map<string, { code: number; address: ArchivedAddress }>();
  const states = [new Map<number, number>(), new Map<number, number>()] as const;
  const statements = new Map<string, ArchivedStatement>();

  function nameOf(text: string): number {
    let code = names.get(text);
    if (code === undefined) {
      code = names.size + 1;
      names.set(text, code);
    }
    return code;
  }

  return {
    nameOf,
    addressOf(address) {
      const key = JSON.stringify(address);
      let known = addresses.get(key);
      if (known === undefined) {
        known = { code: addresses.size + 1, address };
        addresses.set(key, known);
      }
      return known.code;
    },
    stateOf(status, isHttp) {
      if (status === 0) {
        return 0;
      }
      const known = states[isHttp ? 1 : 0];
      let code = known.get(status);
      if (code === undefined) {
        code = nameOf(isHttp ? String(status) : sqlStateText(status));
        known.set(status, code);
      }
      return code;
    },
    noteStatements(more) {
      for (const statement of more) {
        const key = `${statement.high}:${statement.low}`;
        if (!statements.has(key)) {
          statements.set(key, statement);
        }
      }
    },
    async write(connection) {
      await connection.run('CREATE TABLE name (id INTEGER, text VARCHAR)');
      const name = await connection.createAppender('name');
      for (const [text, code] of names) {
        name.appendInteger(code);
        name.appendVarchar(text);
        name.endRow();
      }
      name.closeSync();
      await writeAddresses(connection, addresses.values());
      await writeStatements(connection, statements.values());
    },
  };
}

async function writeAddresses(
  connection: DuckDBConnection,
  addresses: Iterable<{ code: number; address: ArchivedAddress }>,
): Promise<void> {
  await connection.run(`CREATE TABLE address (id INTEGER, ip VARCHAR, ip_key VARCHAR, country VARCHAR, city VARCHAR, asn BIGINT,
    organization VARCHAR, place VARCHAR, network VARCHAR, cloud VARCHAR)`);
  const table = await connection.createAppender('address');
  const text = (value: string | undefined) => (value === undefined ? table.appendNull() : table.appendVarchar(value));
  for (const { code, address } of addresses) {
    table.appendInteger(code);
    text(address.text);
    text(ipKey(address.text));
    text(address.country);
    text(address.city);
    if (address.asn === undefined) {
      table.appendNull();
    } else {
      table.appendBigInt(BigInt(address.asn));
    }
    text(address.organization);
    text(address.place);
    text(address.network);
    text(address.cloud);
    table.endRow();
  }
  table.closeSync();
}

async function writeStatements(connection: DuckDBConnection, statements: Iterable<ArchivedStatement>): Promise<void> {
  await connection.run(
    'CREATE TABLE statement (fingerprint BIGINT, text VARCHAR, kinds VARCHAR[], reads VARCHAR[], writes VARCHAR[])',
  );
  const table = await connection.createAppender('statement');
  for (const { low, high, text, kinds, reads, writes } of statements) {
    table.appendBigInt(BigInt(high) * 0x1_0000_0000n + BigInt(low >>> 0));
    table.appendVarchar(text);
    for (const list of [kinds, reads, writes]) {
      table.appendList(listValue([...list]), LIST(VARCHAR));
    }
    table.endRow();
  }
  table.closeSync();
}
