import { describe, expect, it } from 'vitest';
import type { Detector } from '../detectors/detector.ts';
import { surveyInputs } from '../formats/survey.ts';
import { STATEMENTS, temporaryFiles, textLog } from '../formats/testkit.ts';
import { ActivityClass } from '../model/activity.ts';
import { resourceNamed } from '../model/resource-id.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { parsers } from '../parsers/index.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { checkReport } from './check-report.ts';
import { FILE_LOOK } from './look.ts';

const ID = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shop/providers';
const detectors: Pick<Detector, 'id' | 'watches'>[] = [{ id: 'brute-force', watches: ActivityClass.authentication }];

/** The report on one PostgreSQL server with these logs, and on streams. */
async function report(sources: readonly SourcePlan[], streams: readonly SourcePlan[] = []): Promise<string> {
  const resource = resourceNamed(`${ID}/Microsoft.DBforPostgreSQL/servers/orders`)!;
  const inputs = { resources: [{ resource, sources, settings: {} }], streams: { sources: streams, settings: {} } };
  return checkReport('vedette.yaml', await surveyInputs(inputs, { parsers, detectors }), FILE_LOOK);
}

describe('checkReport', () => {
  it('names resource, files, format, times and classes', async () => {
    const [file, other] = temporaryFiles({
      'a.log': textLog('TIME [7] alice@orders '),
      'b.log': textLog('TIME [7] alice@orders '),
    });
    const text = await report([{ format: 'auto', files: [file!, other!] }]);

    expect(text).toContain(`orders (postgresql)\n  ${ID}/Microsoft.DBforPostgreSQL/servers/orders\n`);
    expect(text).toContain(`\n  log       ${file} and 1 more, 2 kB\n`);
    expect(text).toContain(`\n  format    stderr with log_line_prefix '%m [%p] %q%u@%d ' (found out)\n`);
    expect(text).toContain('\n  begins    2026-11-21 10:00:00.000 UTC\n');
    expect(text).toMatch(/\n {2}sample {4}\d records at the beginning: 1 connection, 1 authentication, 1 statement,/);
  });

  it('tells what is missing, and the SQL that mends it, each once', async () => {
    const files = temporaryFiles({ 'a.log': textLog('TIME [7] ', STATEMENTS) });
    const text = await report([{ format: 'auto', files }]);

    expect(text).toContain('\n  missing   no %h in log_line_prefix: the location of clients cannot be judged\n');
    expect(text).toContain(
      '\n  missing   no %u in log_line_prefix: nobody knows whose statements and errors these are\n',
    );
    expect(text).toContain('which brute-force watches; switch log_connections on');
    expect(text).toContain(
      `To mend orders, as a superuser of the server:\n  ALTER SYSTEM SET log_line_prefix = '%m [%p] %c %l %e %q%h %u@%d %a ';\n  ALTER SYSTEM SET log_connections = on;\n  ALTER SYSTEM SET log_disconnections = on;\n  SELECT pg_reload_conf();\n`,
    );
    expect(text.match(/ALTER SYSTEM SET log_line_prefix/g)).toHaveLength(1);
    expect(text).toMatch(/\nvedette\.yaml is valid: 1 resource, 1 log, \d things missing\.\n$/);
  });

  it('tells how clients could forge lines of a text log, and which cannot be forged', async () => {
    const files = temporaryFiles({ 'a.log': textLog('TIME [7] alice@orders ') });

    expect(await report([{ format: 'stderr', files }])).toMatch(
      /\n {2}forging {3}a line that a client wrote [\s\S]*cannot\s+be\s+forged\n/,
    );
    expect(await report([{ format: 'csvlog', files }])).not.toContain('forging');
  });

  it('shows a format that is named and does not fit', async () => {
    const files = temporaryFiles({ 'a.csv': textLog('TIME [7] ') });
    const text = await report([{ format: 'csvlog', files }]);

    expect(text).toContain('\n  format    csvlog\n');
    expect(text).toContain('rejected  ');
    expect(text).toContain('missing   only 0 % of its beginning is understood');
  });

  it('knows empty files and resources without logs', async () => {
    const files = temporaryFiles({ 'a.log': '' });

    expect(await report([{ format: 'auto', files }])).toContain('\n  format    not known: every file is empty\n');
    expect(await report([])).toContain('no log of its own; its records are those of streams that name it');
  });

  it('names the resources of streams', async () => {
    const id = `${ID}/Microsoft.DocumentDB/databaseAccounts/carts`;
    const files = temporaryFiles({ 'a.json': azureRecord({}, { resourceId: id }) });

    expect(await report([], [{ format: 'auto', files }])).toContain(`\n  names     ${id}\n`);
  });

  it('obeys nothing that a log or its name says', async () => {
    const [first] = temporaryFiles({ 'a\x1b[2J.json': azureRecord({}, { resourceId: `${ID}/\x1b[2J\u202e` }) });
    const text = await report([], [{ format: 'auto', files: [first!] }]);

    expect(text).toContain('a\\x1b[2J.json');
    expect(text).toMatch(/names {5}\S+\\x1b\[2J\\u\{202e\}\n/);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
