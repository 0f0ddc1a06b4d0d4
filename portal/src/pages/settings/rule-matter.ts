import type { ExpectedRule, Suppression } from '../../api/schema.ts';

const FIELDS: Readonly<Record<string, string>> = {
  'entities.account.name': 'principal',
  'entities.ip.address': 'address',
};

/** What a rule is about, in words: `principal analyst, network 198.51.100.0/24`. */
export function matterOfExpected({ principal, network, application, detector, alertType }: ExpectedRule): string {
  const parts = { principal, network, application, detector, 'alert type': alertType };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([part, value]) => `${part} ${value}`)
    .join(', ');
}

export function matterOfSuppression({ alertType, conditions }: Pick<Suppression, 'alertType' | 'conditions'>): string {
  const parts = conditions.map(({ field, oneOf = [], contains }) =>
    [FIELDS[field] ?? field, contains === undefined ? oneOf.join(' or ') : `contains ${contains}`].join(' '),
  );
  return [alertType === '*' ? 'every type' : alertType, ...parts].join(', ');
}
