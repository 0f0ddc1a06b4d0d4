import type { DetectorSetting } from '../../api/tuning.ts';

/** What a person wrote into the fields, by name of the setting; absent: as it holds. */
export type Draft = Readonly<Record<string, string | boolean>>;

/** `yearlyFalseAlarmCount` as people read it. */
export function wordsOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as people read it. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is wrong with a value, in words; undefined: nothing. */
export function problemOf(setting: DetectorSetting, value: string | boolean): string | undefined {
  if (typeof value === 'boolean' || (setting.type !== 'number' && setting.type !== 'integer')) {
    return undefined;
  }
  const { minimum, maximum } = setting;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) {
    return 'Write a number.';
  }
  if (setting.type === 'integer' && !Number.isInteger(number)) {
    return 'Write a whole number.';
  }
  if (minimum !== undefined && number < minimum) {
    return `Not less than ${minimum}.`;
  }
  return maximum !== undefined && number > maximum ? `Not more than ${maximum}.` : undefined;
}

/** The settings of the draft that differ from what holds, as the server takes them. */
export function changesOf(
  settings: readonly DetectorSetting[],
  held: Readonly<Record<string, unknown>>,
  draft: Draft,
): Record<string, unknown> {
  const written = settings.filter(({ name }) => draft[name] !== undefined);
  const changed = written
    .map((setting) => [setting.name, sent(setting, draft[setting.name]!)] as const)
    .filter(([name, value]) => value !== held[name]);
  return Object.fromEntries(changed);
}

function sent({ type }: DetectorSetting, written: string | boolean): string | number | boolean {
  return type === 'number' || type === 'integer' ? Number(written) : written;
}
