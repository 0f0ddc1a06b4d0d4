import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ParquetColumn } from './column.ts';
import { writeParquet } from './write-parquet.ts';

type Row = Record<string, unknown>;

/** Writes a file and gives its rows as DuckDB reads them, and as hyparquet does. */
async function written(columns: readonly ParquetColumn[], order: Uint32Array) {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-parquet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'it.parquet');
  const bytes = await writeParquet(path, columns, order);
  const file = readFileSync(path);
  expect(bytes).toBe(file.length);
  const compressors = { ZSTD: (packed: Uint8Array) => new Uint8Array(zstdDecompressSync(packed)) };
  const read = await parquetReadObjects({ file: new Uint8Array(file).buffer, compressors });
  return { duckdb: await asked(`SELECT * FROM '${path}'`), hyparquet: read as Row[], path };
}

async function asked(sql: string): Promise<Row[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const result = await connection.runAndReadAll(sql);
  connection.closeSync();
  return result.getRowObjectsJS() as Row[];
}

const upTo = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);

describe('a file of Parquet', () => {
  it('gives two other readers every type, missing values too', async () => {
    const time = Date.UTC(2026, 10, 3, 10, 0, 0, 7);
    const { duckdb, hyparquet } = await written(
      [
        { type: 'text', name: 'name', values: ['ä€😀', ''], codes: Int32Array.of(1, 0, 2) },
        {
          type: 'text',
          name: 'through',
          values: ['x', 'y'],
          codes: Int32Array.of(0, 1, 9),
          through: Int32Array.of(2, 1),
        },
        { type: 'text', name: 'nothing', values: [], codes: new Int32Array(3) },
        { type: 'int32', name: 'class', values: [-5], codes: Int32Array.of(1, 1, 1) },
        { type: 'int64', name: 'print', values: [-(2n ** 63n), 2n ** 63n - 1n], codes: Int32Array.of(1, 2, 0) },
        { type: 'number', name: 'bytes', numbers: Float64Array.of(2 ** 50, Number.NaN, 0) },
        { type: 'number', name: 'uid', numbers: Float64Array.of(7, 8, 2 ** 48 - 1), high: Int32Array.of(63, 63, 2) },
        { type: 'time', name: 'time', numbers: Float64Array.of(time * 1000, 0, Date.UTC(2500, 0) * 1000) },
        { type: 'flag', name: 'flag', flags: Uint8Array.of(1, 0, 1) },
      ],
      Uint32Array.of(2, 0, 1),
    );
    const rows = [
      {
        name: '',
        through: null,
        nothing: null,
        class: -5,
        print: null,
        bytes: 0n,
        uid: 3n * 2n ** 48n - 1n,
        time: new Date('2500-01-01T00:00:00Z'),
        flag: true,
      },
      {
        name: 'ä€😀',
        through: 'y',
        nothing: null,
        class: -5,
        print: -(2n ** 63n),
        bytes: 2n ** 50n,
        uid: 63n * 2n ** 48n + 7n,
        time: new Date(time),
        flag: true,
      },
      {
        name: null,
        through: 'x',
        nothing: null,
        class: -5,
        print: 2n ** 63n - 1n,
        bytes: null,
        uid: 63n * 2n ** 48n + 8n,
        time: new Date(0),
        flag: false,
      },
    ];

    expect(duckdb).toEqual(rows);
    expect(hyparquet).toEqual(rows);
  });

  it('gives back any rows, in any order', { timeout: 120_000 }, async () => {
    const row = fc.record({
      run: fc.integer({ min: 1, max: 40 }),
      code: fc.integer({ min: 0, max: 300 }),
      number: fc.option(
        fc.maxSafeNat().map((it) => it % 2 ** 50),
        { nil: Number.NaN },
      ),
      high: fc.integer({ min: 0, max: 2 }),
    });
    const values = Array.from({ length: 300 }, (_, i) => `v${i}`);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (told) => {
        const rows = told.flatMap((it) => Array.from({ length: it.run }, () => it));
        const { duckdb } = await written(
          [
            { type: 'text', name: 'text', values, codes: Int32Array.from(rows, ({ code }) => code) },
            { type: 'number', name: 'number', numbers: Float64Array.from(rows, ({ number }) => number) },
            {
              type: 'number',
              name: 'uid',
              numbers: Float64Array.from(rows, (_, i) => i),
              high: Int32Array.from(rows, ({ high }) => high),
            },
          ],
          upTo(rows.length).reverse(),
        );
        expect(duckdb.reverse()).toEqual(
          rows.map(({ code, number, high }, i) => ({
            text: code === 0 ? null : values[code - 1],
            number: Number.isNaN(number) ? null : BigInt(number),
            uid: BigInt(high) * 2n ** 48n + BigInt(i),
          })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('tells of each group of rows what is least and greatest in it', async () => {
    const rows = 200_000;
    const { path, duckdb } = await written(
      [
        { type: 'number', name: 'n', numbers: Float64Array.from({ length: rows }, (_, i) => i) },
        {
          type: 'text',
          name: 't',
          values: ['b', 'ß', 'a'],
          codes: Int32Array.from({ length: rows }, (_, i) => 1 + (i % 3)),
        },
      ],
      upTo(rows),
    );
    const groups = await asked(
      `SELECT path_in_schema AS of, row_group_num_rows::INT AS rows, stats_min_value AS least, stats_max_value AS most, stats_null_count::INT AS nulls FROM parquet_metadata('${path}')`,
    );

    expect(groups).toEqual([
      { of: 'n', rows: 122_880, least: '0', most: '122879', nulls: 0 },
      { of: 't', rows: 122_880, least: 'a', most: 'ß', nulls: 0 },
      { of: 'n', rows: 77_120, least: '122880', most: '199999', nulls: 0 },
      { of: 't', rows: 77_120, least: 'a', most: 'ß', nulls: 0 },
    ]);
    expect(duckdb.every(({ n, t }, i) => n === BigInt(i) && t === ['b', 'ß', 'a'][i % 3])).toBe(true);
  });
});
