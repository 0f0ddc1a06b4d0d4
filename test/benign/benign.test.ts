import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import type { Alert } from '../../src/model/alert.ts';
import { parseAlerts, runVedette } from '../run-vedette.ts';
import { BENIGN } from './cases.ts';
import { Server } from './server.ts';

// All of them are read in one run of the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const ids = Object.keys(BENIGN).map((_, n) => `server-${String(n).padStart(2, '0')}`);
let folder: string;
let alerts: readonly Alert[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-benign-'));
  for (const [n, happen] of Object.values(BENIGN).entries()) {
    const server = new Server(ids[n]!);
    happen(server);
    writeFileSync(join(folder, `${ids[n]}.csv`), server.csv());
  }
  const config = join(folder, 'vedette.yaml');
  writeFileSync(config, JSON.stringify(configOf()));
  const { code, stdout, stderr } = await runVedette(['replay', '-c', config, '--format', 'json']);
  expect({ code, rejected: /rejected/.test(stderr) && stderr }).toMatchObject({ code: 0 });
  alerts = parseAlerts(stdout);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Every detector is named, so that those that are off at first run, too. */
function configOf() {
  return {
    resources: ids.map((id) => ({ id, kind: 'postgresql', logs: [{ path: `${id}.csv`, format: 'csvlog' }] })),
    detectors: Object.fromEntries(detectors.map(({ id }) => [id, {}])),
  };
}

it.each(Object.keys(BENIGN).map((name, n) => [name, ids[n]!]))('%s: no more than a note', (_, id) => {
  const raised = alerts.filter(
    ({ properties }) =>
      properties.severity !== 'Informational' && properties.resourceIdentifiers[0]!.azureResourceId.endsWith(id),
  );

  expect(
    raised.map(
      ({ properties }) =>
        `${properties.timeGeneratedUtc} ${properties.severity} ${properties.alertType}: ${properties.description}`,
    ),
  ).toEqual([]);
});
