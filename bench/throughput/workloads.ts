import { join } from 'node:path';
import type { Workload } from './compare.ts';
import { generateCosmos } from './generate-cosmos.ts';
import { generateCsvlog, type MixName } from './generate-csvlog.ts';
import type { GeneratedFile } from './generated-file.ts';
import { readSessionTemplates, type SessionTemplates } from './session-templates.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Recorded sessions that come with the repository. */
const TEMPLATE_FOLDERS = [join(ROOT, 'examples/quickstart'), join(ROOT, 'src/parsers/csvlog/samples')];

/** The account that the generated records name. */
const COSMOS_ID =
  '/subscriptions/7b0e5f1c-4c1a-4d53-9b57-2f6b0c7d9a11/resourceGroups/rg-shop/providers/Microsoft.DocumentDB/databaseAccounts/cosmos-shop';

const SEED = 1;

/** Sessions to amplify: those in the repository, or somebody's own. */
export function sessionTemplates(folder: string | undefined): SessionTemplates {
  return readSessionTemplates(folder === undefined ? TEMPLATE_FOLDERS : [folder]);
}

export function csvlogWorkload(mix: MixName, records: number, templates: SessionTemplates): Workload {
  const generate = (count: number): GeneratedFile => generateCsvlog(`${mix}-${count}.csv`, mix, count, SEED, templates);
  const file = generate(records);
  return {
    name: mix,
    load: 'csvlog',
    resource: { id: `bench-${mix}`, kind: 'postgresql', format: 'csvlog', path: file.path },
    file,
    emptyFile: generate(1),
  };
}

export function cosmosWorkload(records: number): Workload {
  const generate = (count: number): GeneratedFile => generateCosmos(`cosmos-${count}.jsonl`, count, SEED);
  const file = generate(records);
  return {
    name: 'cosmos',
    load: 'cosmos',
    resource: { id: COSMOS_ID, kind: 'cosmosdb', format: 'azure', path: file.path },
    file,
    emptyFile: generate(1),
  };
}

/** Logs of several servers: the same habits, other people. */
export function serverFiles(count: number, records: number, templates: SessionTemplates): GeneratedFile[] {
  return Array.from({ length: count }, (_, server) =>
    generateCsvlog(`server-${server}-${records}.csv`, 'conn', records, SEED + 1 + server, templates),
  );
}
