import { UserError } from '../lib/user-error.ts';
import type { Catalogue } from './catalogue.ts';
import { configProblem } from './config-problem.ts';

/** Settings as they were given, by detector id; each was valid by itself. */
type Layer = Readonly<Record<string, object | undefined>> | undefined;

/** Complete settings by detector id: the defaults, over them the layers, the last one strongest. */
export function detectorSettings(
  detectors: Catalogue['detectors'],
  layers: readonly Layer[],
  where: string,
): Record<string, unknown> {
  const complete = detectors.map(({ id, settings }) => {
    const given = Object.assign({}, ...layers.map((layer) => layer?.[id]));
    const parsed = settings.safeParse(given);
    if (!parsed.success) {
      throw new UserError(`${where}.${id}.${configProblem(parsed.error.issues, given, settings)}`);
    }
    return [id, parsed.data] as const;
  });
  return Object.fromEntries(complete);
}
