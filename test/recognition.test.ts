import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileStart } from '../src/formats/file-start.ts';
import { fitting, recognize } from '../src/formats/recognize.ts';
import { parsers } from '../src/parsers/index.ts';
import { ROOT } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

/** Recorded sessions, each in several formats, which lie beside the repository. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
const recordings = globSync('{a01,a03,a10,b02,b08,b13,t01}-*/*.gz', { cwd: SCENARIOS }).sort();
const reason = whyNot(recordings.length > 0 ? undefined : 'the recorded sessions are not there');

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'postgresql.csv.gz': ['csvlog'],
  'postgresql.json.gz': ['jsonlog'],
  'postgresql.log.gz': ['stderr', 'rds'],
  'postgresql.syslog.gz': ['syslog'],
  'derived.azure-flexible.jsonl.gz': ['azure'],
};

describe.skipIf(reason !== undefined)('the format of a recording is found', () => {
  it.each(recordings)('%s', { timeout: 60_000 }, async (name) => {
    const start = await readFileStart(join(SCENARIOS, name));
    const found = await recognize(start, { parsers: fitting(parsers, undefined, 'postgresql') });

    expect(FORMATS[basename(name)]).toContain(found?.parser.id);
    expect(found?.sample.share).toBe(1);
    expect(found?.sample.rejected.size).toBe(0);
    expect(found?.sample.judged).toBeGreaterThan(5);
  });
});
