import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import type { Alert } from '../../src/model/alert.ts';
import { parseAlerts, runVedette } from '../run-vedette.ts';
import { BENIGN } from './cases.ts';
import { live } from './habits.ts';
import { HARMFUL } from './harmful-cases.ts';
import { Server } from './server.ts';

// All of them are read in one run of the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const harmful = Object.entries(HARMFUL).map(([name, { happen, ...told }]) => ({
  name,
  ...told,
  happen: (server: Server) => {
    live(server);
    happen(server);
  },
}));
const happenings = [...Object.values(BENIGN), ...harmful.map(({ happen }) => happen)];
const ids = happenings.map((_, n) => `server-${String(n).padStart(2, '0')}`);
const harmfulIds = ids.slice(-harmful.length);
let folder: string;
let alerts: readonly Alert[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-benign-'));
  for (const [n, happen] of happenings.entries()) {
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

/** What was raised above a note of one server. */
function raisedOn(id: string): Alert['properties'][] {
  return alerts
    .map(({ properties }) => properties)
    .filter(
      ({ severity, resourceIdentifiers: [resource] }) =>
        severity !== 'Informational' && resource!.azureResourceId.endsWith(id),
    );
}

it.each(Object.keys(BENIGN).map((name, n) => [name, ids[n]!]))('%s: no more than a note', (_, id) => {
  const told = raisedOn(id).map(
    (alert) => `${alert.timeGeneratedUtc} ${alert.severity} ${alert.alertType}: ${alert.description}`,
  );

  expect(told).toEqual([]);
});

it.each(harmful.map(({ name, told }, n) => [name, told, harmfulIds[n]!]))('%s: told as %s', (_, told, id) => {
  expect(raisedOn(id).map(({ alertType }) => alertType)).toContain(`SQL.PostgreSQL_${told}`);
});
