import { UserError } from '../lib/user-error.ts';
import { INTAKE_KEYS, SECRET_KEYS } from './intake-schema.ts';
import { pathText } from './path-text.ts';
import { REFERENCE_FORMS, withoutReferences } from './references.ts';

/** Sections of notifiers, and their settings that nobody else may know. */
const NOTIFIER_SECRETS = [
  'secret',
  'previousSecret',
  'privateKey',
  'apiKey',
  'routingKey',
  'webhookUrl',
  ...SECRET_KEYS,
];

/** Refuses secrets of inputs, notifiers, publishers and the OpenID provider that stand in the file itself. `written` is the document before references are resolved. */
export function refuseSecrets(written: unknown, file: string): void {
  visit(written, [], (path, text) => {
    const key = String(path.at(-1));
    const isInput = path.some((step) => INTAKE_KEYS.some((intake) => intake === step));
    const isOfInput = isInput && SECRET_KEYS.includes(key);
    const isOfNotifier = path[0] === 'notifications' && NOTIFIER_SECRETS.includes(key);
    const isOfPublisher = path[0] === 'enrichment' && SECRET_KEYS.includes(key);
    const isOfProvider = path[0] === 'server' && ['clientSecret', 'evidenceKey'].includes(key);
    if ((isOfInput || isOfNotifier || isOfPublisher || isOfProvider) && withoutReferences(text).trim() !== '') {
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
