import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { addressesOf } from './evidence-of.ts';
import { parseAlerts, ROOT, runVedette } from './run-vedette.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const QUICKSTART = join(ROOT, 'examples/quickstart');
/** From where `j.meyer` logs in on 2026-11-18 at 03:27. */
const RECIFE = '179.118.44.21';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The quickstart with a rule for `j.meyer` from its address, but for what a case says. */
async function replayWith(rule: string, ...options: string[]): Promise<{ alerts: Alert[]; counts: string }> {
  const config = readFileSync(join(QUICKSTART, 'vedette.yaml'), 'utf8').replaceAll('logs/', `${QUICKSTART}/logs/`);
  const path = join(folder, 'vedette.yaml');
  writeFileSync(path, `${config}expected:\n  - { ${rule}, owner: DBA team, reason: works from Recife }\n`);
  const { code, stdout, stderr } = await runVedette(['replay', '-c', path, '--format', 'json', ...options]);
  expect(code).toBe(0);
  return { alerts: parseAlerts(stdout), counts: stderr };
}

function fromRecife(alerts: readonly Alert[]): Alert[] {
  return alerts.filter((alert) => addressesOf(alert).includes(RECIFE));
}

describe('a rule for what is expected', () => {
  it.each(['1', '2'])('keeps quiet what it fits and nothing else, and counts it (%s workers)', async (workers) => {
    const rule = `principal: j.meyer, network: ${RECIFE}/32, until: 2026-11-18`;
    const { alerts, counts } = await replayWith(rule, '--workers', workers);

    expect(fromRecife(alerts)).toEqual([]);
    expect(alerts.filter(({ properties }) => properties.severity !== 'Informational')).toHaveLength(9);
    expect(counts).toMatch(
      /^expected +2 findings by rule expected\[0\], j\.meyer from 179\.118\.44\.21\/32 until 2026-11-18 \(DBA team: works from Recife\)$/m,
    );
    expect(counts).toMatch(/^rule over .*: raised since then: 0; renew or remove it$/m);
  });

  it('is told when it ended before', async () => {
    const { alerts, counts } = await replayWith(
      `principal: j.meyer, network: ${RECIFE}/32, until: 2026-11-18T03:00:00Z`,
    );

    expect(fromRecife(alerts).length).toBeGreaterThan(1);
    expect(counts).toMatch(/^expected +0 findings by rule/m);
    expect(counts).toMatch(/^rule over .*: raised since then: 2; renew or remove it$/m);
  });

  it('is for the resource that it names', async () => {
    const { alerts, counts } = await replayWith('principal: j.meyer, resource: orders, until: 2026-12-24');
    const elsewhere = await replayWith(
      'principal: j.meyer, until: 2026-12-24, resource: /subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/shop/providers/Microsoft.DocumentDB/databaseAccounts/shop-catalog',
    );

    expect(fromRecife(alerts)).toEqual([]);
    expect(fromRecife(elsewhere.alerts).length).toBeGreaterThan(1);
    expect(counts).not.toContain('rule over');
  });
});
