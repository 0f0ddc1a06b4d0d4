import { UserError } from '../lib/user-error.ts';
import { INTAKE_KEYS, SECRET_KEYS } from './intake-schema.ts';
import { pathText } from './path-text.ts';
import { REFERENCE_FORMS, withoutReferences } from './references.ts';

/** Refuses secrets of inputs that stand in the file itself. `written` is the document before references are resolved. */
export function refuseSecrets(written: unknown, file: string): void {
  visit(written, [], (path, text) => {
    const isInput = path.some((step) => INTAKE_KEYS.some((key) => key === step));
    const isSecret = SECRET_KEYS.includes(String(path.at(-1)));
    if (isInput && isSecret && withoutReferences(text).trim() !== '') {
      throw new UserError(`${file}: ${pathText(path)} is a secret; write it as ${REFERENCE_FORMS}`);
    }
  });
}

function visit(
  value: unknown,
  path: readonly PropertyKey[],
  each: (path: readonly PropertyKey[], text: string) => void,
): void {
  if (typeof value === 'string') {
    each(path, value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      visit(item, [...path, Array.isArray(value) ? Number(key) : key], each);
    }
  }
}
