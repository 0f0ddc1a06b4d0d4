import { UserError } from '../lib/user-error.ts';
import type { Catalogue } from './catalogue.ts';
import { configProblem } from './config-problem.ts';

/** Settings as they were given, by detector id; each was valid by itself. */
type Layer = Readonly<Record<string, object | undefined>> | undefined;

/**
 * Complete settings by id of the detectors that run: the defaults, over them the layers, the last one strongest.
 * A preview runs only where a layer names it.
 */
export function detectorSettings(
  detectors: Catalogue['detectors'],
  layers: readonly Layer[],
  where: string,
): Record<string, unknown> {
  const running = detectors.filter(({ id, isPreview }) => !isPreview || layers.some((layer) => layer?.[id]));
  const complete = running.map(({ id, settings }) => {
    const given = Object.assign({}, ...layers.map((layer) => layer?.[id]));
    const parsed = settings.safeParse(given);
    if (!parsed.success) {
      throw new UserError(`${where}.${id}.${configProblem(parsed.error.issues, given, settings)}`);
    }
    return [id, parsed.data] as const;
  });
  return Object.fromEntries(complete);
}
