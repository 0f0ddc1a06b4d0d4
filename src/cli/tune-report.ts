import type { Alert } from '../model/alert.ts';
import type { AlertChanges } from '../tuning/alert-changes.ts';
import type { Variant } from '../tuning/setting-variants.ts';
import { countLine } from './alert-table.ts';
import { changesText, countChange } from './changes-text.ts';
import type { Look } from './look.ts';
import { terminalText } from './terminal-text.ts';
import { wrapText } from './wrap-text.ts';

/** Lines of what disappears and of what appears, unless all are asked for. */
const FEW_LINES = 3;

/** A setting that was tried, and what it would have changed. */
export interface Trial {
  detector: string;
  variant: Variant;
  changes: AlertChanges;
}

/** What `vedette tune` prints: settings that would have changed something, those that change most first. */
export function tuneReport(
  resource: string,
  now: readonly Alert[],
  trials: readonly Trial[],
  look: Look,
  isWhole: boolean,
): string {
  const telling = trials.filter(({ changes }) => extentOf(changes) > 0);
  const silent = trials.filter(({ changes }) => extentOf(changes) === 0);
  telling.sort((a, b) => extentOf(b.changes) - extentOf(a.changes));
  const raised = now.filter(({ properties }) => properties.severity !== 'Informational').length;
  return [
    `${terminalText(resource)} now: ${now.length === 0 ? 'no alerts.' : countLine(now)} Alerts above Informational: ${raised}.\n`,
    ...telling.map(
      (trial) => `\n${headOf(trial)}\n${changesText(trial.changes, look, isWhole ? Infinity : FEW_LINES)}`,
    ),
    silentText(silent, look),
    telling.length === 0 ? '' : exampleOf(telling[0]!, resource),
  ].join('');
}

function extentOf({ gone, added, changed }: AlertChanges): number {
  return gone.length + added.length + changed.length;
}

function headOf({ detector, variant, changes }: Trial): string {
  return `${detector}: ${variant.setting} ${String(variant.now)} → ${String(variant.tried)}: ${countChange(changes)} alerts`;
}

/** What would have made no difference, a line for each detector. */
function silentText(trials: readonly Trial[], { width }: Look): string {
  const byDetector = Map.groupBy(trials, ({ detector }) => detector);
  const lines = [...byDetector].flatMap(([detector, ofDetector]) => {
    const bySetting = Map.groupBy(ofDetector, ({ variant }) => variant.setting);
    const settings = [...bySetting].map(
      ([setting, ofSetting]) => `${setting} ${ofSetting.map(({ variant }) => String(variant.tried)).join(', ')}`,
    );
    return wrapText(`${detector}: ${settings.join('; ')}`, width - 4).map((line) => `  ${line}\n`);
  });
  return lines.length === 0 ? '' : `\nWithout effect on this history:\n${lines.join('')}`;
}

function exampleOf({ detector, variant }: Trial, resource: string): string {
  return `\nTo keep one, write it under the resource:\n  - id: ${terminalText(resource)}\n    detectors: { ${detector}: { ${variant.setting}: ${String(variant.tried)} } }\n`;
}
