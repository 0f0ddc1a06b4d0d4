import type { ProtectionSettings } from '../../api/schema.ts';

type Detectors = ProtectionSettings['detectors'];

/**
 * A resource's own settings with changes of one detector. They stand in place of those that policies give, all
 * detectors at once, so those that hold come along.
 *
 * @param held what holds for the resource by now, wherever it comes from
 * @param changes undefined: nothing of the detector is kept
 */
export function withDetector(
  own: ProtectionSettings,
  held: Detectors,
  detector: string,
  changes: Readonly<Record<string, unknown>> | undefined,
): ProtectionSettings {
  const { detectors: _detectors, ...others } = own;
  const { [detector]: before, ...rest } = held ?? {};
  const next = changes === undefined ? rest : { ...rest, [detector]: { ...before, ...changes } };
  return Object.keys(next).length === 0 ? others : { ...others, detectors: next };
}
