import { describe, expect, it } from 'vitest';
import { splitCsvFields } from '../../lib/csv-fields.ts';
import { readAll } from '../testkit.ts';
import { Column } from './column.ts';
import { csvlog } from './csvlog.ts';
import { redactCsvRecord } from './redact-csv-record.ts';
import { csvRecord, MAJORS, sample } from './testkit.ts';

const redact = (record: string) => redactCsvRecord(Buffer.from(record.trimEnd()));

/** What statements and parameters of the samples hold: passwords, strings and numbers (scripts/record/csvlog-session.ts). */
const SECRETS = /invented-|'1'='1|'twice'|pg_sleep\(\d/;

describe.each(MAJORS)('the records of PostgreSQL %i', (major) => {
  it('show no literal, whole or cut off anywhere', async () => {
    const records = await readAll(csvlog, sample(major));
    const withSecrets = records.filter(({ text }) => SECRETS.test(text));
    expect(withSecrets.length).toBeGreaterThan(5);
    for (const { text } of withSecrets) {
      const bytes = Buffer.from(text);
      for (let cut = 1; cut <= bytes.length; cut++) {
        expect(redactCsvRecord(bytes.subarray(0, cut))).not.toMatch(SECRETS);
      }
    }
  });

  it('show everything else', async () => {
    for (const { text } of await readAll(csvlog, sample(major))) {
      const shown = redactCsvRecord(Buffer.from(text));
      if (/,(?:LOG,00000,"(?:connection|disconnection)|FATAL)/.test(text)) {
        expect(shown).toBe(text);
      }
      const [fields, shownFields] = [splitCsvFields(text), splitCsvFields(shown)];
      expect(shownFields).toHaveLength(fields.length);
      expect(shownFields.slice(0, Column.message)).toEqual(fields.slice(0, Column.message));
      expect(shownFields.slice(Column.query + 1)).toEqual(fields.slice(Column.query + 1));
      expect(redact(shown)).toBe(shown);
    }
  });
});

describe('redactCsvRecord', () => {
  it('keeps names and structure of a statement', () => {
    const record = csvRecord({ message: `statement: ALTER ROLE "my, ""role""" PASSWORD 'hunter2' CONNECTION LIMIT 5` });
    expect(redact(record)).toContain(`"statement: ALTER ROLE ""my, """"role"""""" PASSWORD '?' CONNECTION LIMIT ?"`);
  });

  it('masks the statement behind an error, its detail and its context', () => {
    const record = csvRecord({
      severity: 'ERROR',
      sqlState: '23505',
      message: 'duplicate key value violates unique constraint "pk"',
      detail: 'Key (email)=(hunter2@example.com) already exists.',
      context: 'SQL statement "INSERT INTO t VALUES (\'hunter2\')"',
      query: "SELECT f('hunter2')",
    });
    const shown = redact(record);
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain(`"Key (email)=(?) already exists.",,,,"SQL statement ?","SELECT f('?')"`);
  });

  it('shows no part of a statement that a cut record holds, be there commas in it', () => {
    const shown = redact(`${csvRecord({ message: 'statement: X' }).split('X')[0]}SELECT 'a,secret,b`);
    expect(shown).toContain(`"statement: SELECT '?'"`);
    expect(shown).not.toContain('secret');
  });

  it.each(['', '"', ',', '"",""', '\0\xff', ',,,,,,,,,,,,,"statement: \'', '"'.repeat(99)])(
    'does not throw on %j',
    (record) => {
      expect(typeof redactCsvRecord(Buffer.from(record, 'latin1'))).toBe('string');
    },
  );
});
