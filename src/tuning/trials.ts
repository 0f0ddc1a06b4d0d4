import type { Detector } from '../detectors/detector.ts';
import { type Settings, settingVariants, type Variant } from './setting-variants.ts';

/** A setting of a detector that is tried, with all settings that then hold. */
export interface Trial {
  detector: string;
  variant: Variant;
  /** By detector id. */
  settings: Settings;
}

/** Every setting worth a try of the detectors that run. @param only id of the only detector that is meant */
export function trialsOf(settings: Settings, detectors: readonly Detector[], only?: string): Trial[] {
  const running = detectors.filter(({ id }) => settings[id] !== undefined && (only === undefined || id === only));
  return running.flatMap(({ id, settings: schema }) => {
    const now = settings[id] as Settings;
    return settingVariants(schema, now).map((variant) => ({
      detector: id,
      variant,
      settings: { ...settings, [id]: { ...now, [variant.setting]: variant.tried } },
    }));
  });
}
