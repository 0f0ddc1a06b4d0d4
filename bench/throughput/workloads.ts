import { join } from 'node:path';
import { duckdbCommand, mawkCommand, ownCountsCommand, replayCommand } from './commands.ts';
import type { Peer, Workload } from './compare.ts';
import { convertCsvlog, type FormatName } from './formats/convert-csvlog.ts';
import { AZURE_SERVER_ID } from './formats/to-azure.ts';
import { SYSLOG_PREFIX } from './formats/to-syslog.ts';
import { STDERR_PREFIX } from './formats/to-text-log.ts';
import { generateCosmos } from './generate-cosmos.ts';
import { generateCsvlog, type MixName } from './generate-csvlog.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { LoadName } from './group-by-load.ts';
import { readSessionTemplates, type SessionTemplates } from './session-templates.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Recorded sessions that come with the repository. */
const TEMPLATE_FOLDERS = [join(ROOT, 'examples/quickstart'), join(ROOT, 'src/parsers/csvlog/samples')];

/** The account that the generated records name. */
const COSMOS_ID =
  '/subscriptions/7b0e5f1c-4c1a-4d53-9b57-2f6b0c7d9a11/resourceGroups/rg-shop/providers/Microsoft.DocumentDB/databaseAccounts/cosmos-shop';

const SEED = 1;

/** Next to nothing to read, and yet enough that all is loaded (code, address data) that a whole file needs. */
const EMPTY_RECORDS = 200;

/** Sessions to amplify: those in the repository, or somebody's own. */
export function sessionTemplates(folder: string | undefined): SessionTemplates {
  return readSessionTemplates(folder === undefined ? TEMPLATE_FOLDERS : [folder]);
}

/** The fixed load by DuckDB, and its results as reference. */
function againstDuckdb(load: LoadName, file: GeneratedFile, emptyFile: GeneratedFile): Against {
  return {
    reference: { name: 'DuckDB', command: [...duckdbCommand(load, file.path), '--rows'] },
    peer: {
      name: 'DuckDB',
      command: duckdbCommand(load, file.path),
      emptyCommand: duckdbCommand(load, emptyFile.path),
    },
  };
}

type Against = Pick<Workload, 'reference' | 'peer'>;

export function csvlogWorkload(mix: MixName, records: number, templates: SessionTemplates): Workload {
  const { file, emptyFile } = csvlogFiles(mix, records, templates);
  return {
    name: mix,
    counts: 'csvlog',
    ...againstDuckdb('csvlog', file, emptyFile),
    resource: { id: `bench-${mix}`, kind: 'postgresql', format: 'csvlog', path: file.path },
    file,
    emptyFile,
  };
}

function csvlogFiles(mix: MixName, records: number, templates: SessionTemplates): Files {
  const generate = (count: number): GeneratedFile => generateCsvlog(`${mix}-${count}.csv`, mix, count, SEED, templates);
  return { file: generate(records), emptyFile: generate(EMPTY_RECORDS) };
}

type Files = Pick<Workload, 'file' | 'emptyFile'>;

export function cosmosWorkload(records: number): Workload {
  const generate = (count: number): GeneratedFile => generateCosmos(`cosmos-${count}.jsonl`, count, SEED);
  const [file, emptyFile] = [generate(records), generate(EMPTY_RECORDS)];
  return {
    name: 'cosmos',
    counts: 'cosmos',
    ...againstDuckdb('cosmos', file, emptyFile),
    resource: { id: COSMOS_ID, kind: 'cosmosdb', format: 'azure', path: file.path },
    file,
    emptyFile,
  };
}

/** Who is at the other end of a connection, by format: what its lines tell without those before them. */
const QUERIES_OF = {
  rds: ['byClass', 'failuresByHost', 'loginsByUser', 'loginsByUserAndHost', 'recordsByDay'],
  syslog: ['byClass', 'loginsByUser', 'recordsByDay'],
  cloudsql: ['byClass', 'loginsByUser', 'recordsByDay'],
  azure: ['byClass', 'loginsByUser', 'recordsByDay'],
} as const;
const PREFIXES: Partial<Record<FormatName, string>> = { stderr: STDERR_PREFIX, syslog: SYSLOG_PREFIX };

/** The log `conn`, as its server would have written it in another format. */
export function formatWorkload(format: FormatName, records: number, templates: SessionTemplates): Workload {
  const source = csvlogFiles('conn', records, templates);
  const file = convertCsvlog(source.file, format);
  const emptyFile = convertCsvlog(source.emptyFile, format);
  const id = format === 'azure' ? AZURE_SERVER_ID : `bench-${format}`;
  const logLinePrefix = PREFIXES[format];
  return {
    name: format,
    counts: format,
    ...againstOf(format, source, { file, emptyFile }),
    resource: {
      id,
      kind: 'postgresql',
      format,
      path: file.path,
      ...(logLinePrefix === undefined ? {} : { logLinePrefix }),
    },
    file,
    emptyFile,
  };
}

function againstOf(format: FormatName, source: Files, { file, emptyFile }: Files): Against {
  switch (format) {
    case 'jsonlog':
      return againstDuckdb('jsonlog', file, emptyFile);
    case 'stderr':
      return {
        reference: { name: 'mawk', command: mawkCommand(file.path, ['-v', 'rows=1']) },
        peer: { name: 'mawk', command: mawkCommand(file.path), emptyCommand: mawkCommand(emptyFile.path) },
      };
    default: {
      const command = ownCountsCommand('csvlog', source.file.path);
      const reference = { name: "Vedette's csvlog parser on the same log", command, queries: QUERIES_OF[format] };
      return { reference, peer: format === 'azure' ? replayOfJsonlog(source) : undefined };
    }
  }
}

/** Our own replay of the same log as jsonlog. */
function replayOfJsonlog({ file, emptyFile }: Files): Peer {
  const replay = (name: string, from: GeneratedFile): string[] => {
    const { path } = convertCsvlog(from, 'jsonlog');
    return replayCommand(name, [{ id: 'bench-jsonlog', kind: 'postgresql', format: 'jsonlog', path }], 1);
  };
  return {
    name: 'vedette on jsonlog',
    command: replay('azure-as-jsonlog', file),
    emptyCommand: replay('azure-as-jsonlog-empty', emptyFile),
  };
}

/** Logs of several servers: the same habits, other people. */
export function serverFiles(count: number, records: number, templates: SessionTemplates): GeneratedFile[] {
  return Array.from({ length: count }, (_, server) =>
    generateCsvlog(`server-${server}-${records}.csv`, 'conn', records, SEED + 1 + server, templates),
  );
}
