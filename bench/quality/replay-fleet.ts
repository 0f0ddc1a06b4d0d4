import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '../../src/model/alert.ts';
import { type ToldAlert, toToldAlert } from './scoring/told-alert.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** Runs the real `vedette replay` of a working copy over a fleet. `name` tells its alerts from those of others. */
export function replayFleet(folder: string, root = ROOT, name = 'alerts'): Alert[] {
  const out = join(folder, `${name}.jsonl`);
  const args = ['replay', '-c', join(folder, 'vedette.yaml'), '--format', 'json', '--out', out];
  const { status, stderr } = spawnSync(join(root, 'bin/vedette'), args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`vedette replay ended with ${status}: ${stderr}`);
  }
  const lines = readFileSync(out, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Alert);
}

export function toldAlerts(alerts: readonly Alert[]): ToldAlert[] {
  return alerts.flatMap((alert) => toToldAlert(alert) ?? []);
}
