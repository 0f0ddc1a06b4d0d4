import { appendFileSync, closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';

/** A day of the quickstart with one attack in it, which must be found whatever is wrong around it. */
export const GOOD = unpackedLog(join(ROOT, 'examples/quickstart/logs/postgresql-2026-11-17.csv.gz'));
export const GOOD_RECORDS = 753;
/** Where a record in the middle of the attack begins, and the next one. */
export const MIDDLE = GOOD.indexOf('\n', 26_000) + 1;
export const NEXT = GOOD.indexOf('\n', MIDDLE) + 1;

const MEGABYTE = 1_000_000;

/** Bytes without meaning, the same each time. */
export function binary(): Buffer {
  const bytes = Buffer.alloc(300_000);
  for (let i = 0, state = 1; i < bytes.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** What the server writes to stderr with `log_line_prefix = '%m [%p] %q%u@%d '`. */
export function stderrLog(): Buffer {
  const line =
    '2026-11-17 02:14:05.003 UTC [16436] [unknown]@[unknown] LOG:  connection received: host=192.0.2.7 port=4';
  return Buffer.from(`${line}\n`.repeat(50));
}

export function withZone(zone: string): Buffer {
  return Buffer.from(GOOD.toString().replaceAll(' UTC,', ` ${zone},`));
}

export function without(from: number, to: number): Buffer {
  return Buffer.concat([GOOD.subarray(0, from), GOOD.subarray(to)]);
}

export function inMiddle(record: Buffer): Buffer {
  return Buffer.concat([GOOD.subarray(0, MIDDLE), record, GOOD.subarray(MIDDLE)]);
}

export function of2099(): Buffer {
  return Buffer.from(GOOD.toString('utf8', MIDDLE, NEXT).replace('2026', '2099'));
}

/** Clears the screen, rings, writes backwards: were it printed as it stands. */
export function drawing(): Buffer {
  return Buffer.from('\x1b[2J\x07\r\x9b31m\u202etxt\u0000\n');
}

/** The good log with one very long line in its middle. */
export function writeLongLine(path: string, start: string, length: number): void {
  writeFileSync(path, GOOD.subarray(0, MIDDLE));
  appendFileSync(path, start);
  const filling = Buffer.alloc(MEGABYTE, 'x');
  const file = openSync(path, 'a');
  for (let written = 0; written < length; written += filling.length) {
    writeSync(file, filling);
  }
  closeSync(file);
  appendFileSync(path, start === '' ? '\n' : '",,,,,,,,,"","client backend",,0\n');
  appendFileSync(path, GOOD.subarray(MIDDLE));
}
