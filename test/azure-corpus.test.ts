import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { azure } from '../src/parsers/azure/azure.ts';
import { csvlog } from '../src/parsers/csvlog/csvlog.ts';
import { countBy, readAll, type SeenRecord } from '../src/parsers/testkit.ts';
import { addressesOf, principalsOf } from './evidence-of.ts';
import { ROOT, replayAlerts } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';
import { whyNot } from './why-not.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Recorded sessions in two forms, and other people's samples; both lie beside the repository. */
const CORPUS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus');
const SCENARIOS = join(CORPUS, 'scenarios');
const FIXTURES = join(CORPUS, 'fixtures');
/** Azure's record of a session leaves out what is larger; so does the derived form. */
const AZURE_FORM = 'derived.azure-flexible.jsonl.gz';

const scenarios = existsSync(SCENARIOS)
  ? readdirSync(SCENARIOS).filter((id) => existsSync(join(SCENARIOS, id, AZURE_FORM)))
  : [];
const reason = whyNot(
  scenarios.length > 0 ? undefined : 'no recorded sessions (VEDETTE_SHARED names the folder that holds corpus/)',
);

const classOf = ({ class: activityClass, step, reason: why }: SeenRecord) => activityClass ?? why ?? step;

/** Who failed from where, the address being that of the session's first record. */
function failures(records: readonly SeenRecord[]): Record<string, number> {
  const addresses = new Map<string | undefined, string | undefined>();
  const failed: SeenRecord[] = [];
  for (const record of records) {
    if (record.class === 'connection') {
      addresses.set(record.session, record.address);
    } else if (record.class === 'authenticationFailure') {
      failed.push(record);
    }
  }
  return countBy(failed, ({ principal, session, failure, status }) =>
    [principal, addresses.get(session), failure, status].join(' '),
  );
}

describe.skipIf(reason !== undefined)('a recorded session, as Azure exports it', () => {
  it.each(scenarios)('%s tells what csvlog tells', async (id) => {
    const ofAzure = await readAll(azure, unpackedLog(join(SCENARIOS, id, AZURE_FORM)));
    const ofServer = await readAll(csvlog, unpackedLog(join(SCENARIOS, id, 'postgresql.csv.gz')));

    expect(ofAzure.length).toBeGreaterThan(5);
    expect(withoutSkipped(ofAzure)).toEqual(withoutSkipped(ofServer));
    expect(failures(ofAzure)).toEqual(failures(ofServer));
    expect(clients(ofAzure)).toEqual(clients(ofServer));
    expect(statements(ofAzure)).toEqual(statements(ofServer));
  });
});

describe.skipIf(reason !== undefined)('a recorded attack, as Azure exports it', () => {
  it.each(['a01-hydra-dictionary-found', 'a02-hydra-spray', 'a11-hydra-not-in-hba'])(
    '%s raises the alerts that csvlog raises',
    async (id) => {
      const ofAzure = await replay(join(SCENARIOS, id, AZURE_FORM), 'azure');
      const ofServer = await replay(join(SCENARIOS, id, 'postgresql.csv.gz'), 'csvlog');

      expect(ofServer.length).toBeGreaterThan(0);
      expect(ofAzure).toEqual(ofServer);
    },
  );
});

/** What is told of whom: type, start, principals, addresses. */
async function replay(path: string, format: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'vedette.yaml');
  writeFileSync(
    config,
    JSON.stringify({ resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path, format }] }] }),
  );
  const alerts = await replayAlerts(config);
  return alerts.map((alert) =>
    [alert.properties.alertType, alert.properties.startTimeUtc, ...principalsOf(alert), ...addressesOf(alert)].join(
      ' ',
    ),
  );
}

/** Counts by class. Azure writes a statement that broke as a record of its own, which is passed over. */
function withoutSkipped(records: readonly SeenRecord[]): Record<string, number> {
  return countBy(
    records.filter(({ step }) => step !== 'skipped'),
    classOf,
  );
}

/** Who came in, when, with what. */
function clients(records: readonly SeenRecord[]): string[] {
  return records
    .filter((record) => record.class === 'authentication')
    .map(({ time, session, principal, database, application }) =>
      [time, session, principal, database, application].join(' '),
    );
}

/** What ran or broke, as far as both forms show it: texts with escapes are cut as names are. */
function statements(records: readonly SeenRecord[]): (string | undefined)[] {
  return records
    .filter((record) => record.class === 'statement' || record.class === 'statementError')
    .map(({ statement }) => statement?.slice(0, 900));
}

const COUNTS: Readonly<Record<string, Record<string, number>>> = {
  'azure-docs/cosmos-dataplanerequests.jsonl': { dataAccess: 2 },
  'azure-docs/postgresql-flexible-samples.jsonl': { statement: 1, skipped: 2 },
  'ibm-guardium/azure-postgresql/eventhub-records.jsonl': { statement: 4 },
  'ibm-guardium/cosmos/CosmosSampleAuditLog.json.gz': { dataAccess: 3, statement: 2, skipped: 2 },
};

describe.skipIf(reason !== undefined)("other people's exports", () => {
  it.each(Object.entries(COUNTS))('%s is read whole', async (path, counts) => {
    expect(countBy(await readAll(azure, unpackedLog(join(FIXTURES, path))), classOf)).toEqual(counts);
  });
});
