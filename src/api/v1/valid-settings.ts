import { ALERT_SWITCHES } from '../../model/alert-switches.ts';
import type { ProtectionSettings } from '../../model/protection-settings.ts';
import { badRequest } from '../api-error.ts';
import type { ApiContext } from '../context.ts';

/** Throws where settings name a switch, a detector or a setting that there is not, or a value that it does not take. */
export function requireValidSettings(
  { catalogue }: ApiContext,
  { disabledAlerts = [], detectors = {} }: ProtectionSettings,
): void {
  const unknown = disabledAlerts.find((name) => !Object.hasOwn(ALERT_SWITCHES, name));
  if (unknown !== undefined) {
    const names = Object.keys(ALERT_SWITCHES).join(', ');
    throw badRequest(`disabledAlerts: there is no switch ${unknown}; there are ${names}.`, 'UnknownSwitch');
  }
  if (catalogue === undefined) {
    return;
  }
  for (const [id, settings] of Object.entries(detectors)) {
    const schema = catalogue.find((detector) => detector.id === id)?.settings;
    if (schema === undefined) {
      throw badRequest(`There is no detector ${id}.`, 'UnknownDetector');
    }
    const parsed = schema.partial().strict().safeParse(settings);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = ['detectors', id, ...(issue?.path ?? [])].map(String).join('.');
      throw badRequest(`${where}: ${issue?.message ?? 'is not valid'}`, 'InvalidSetting');
    }
  }
}
