import type { Alert } from '../model/alert.ts';

/** Kind of the records in the store. */
export const SUPPRESSION_KIND = 'alertsSuppressionRules';

const RULE_TYPE = 'Microsoft.Security/alertsSuppressionRules';

/** Id of a rule, as Azure writes it; lower-cased it is the scope of its document. */
export function suppressionRuleId(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/providers/${RULE_TYPE}/${name}`;
}

/** Scope of the subscription that a rule holds in, by the id of the rule: in its letter case. */
export function subscriptionScopeOf(ruleId: string): string {
  return ruleId.split('/').slice(0, 3).join('/');
}

/** Somebody wants alerts of a kind out of the way: they are born dismissed, and nobody is told. Plain data. */
export interface SuppressionRule {
  name: string;
  /** `*` for every type. */
  alertType: string;
  reason: string;
  state: 'Enabled' | 'Disabled';
  comment?: string;
  /** First moment at which it holds no more; absent: for ever. Milliseconds since the epoch. */
  until?: number;
  /** All of them must fit. */
  conditions: readonly SuppressionCondition[];
}

export interface SuppressionCondition {
  /** `entities.<type of entity>.<member>`, or a member of the alert's properties. */
  field: string;
  /** The value is one of these; letter case does not matter. */
  oneOf?: readonly string[];
  contains?: string;
}

/** Whether the rule holds at a time. */
export function isInForce({ state, until = Number.POSITIVE_INFINITY }: SuppressionRule, now: number): boolean {
  return state === 'Enabled' && now < until;
}

/** Whether the rule is about the alert, whatever the time. */
export function suppresses(
  { alertType, conditions }: Pick<SuppressionRule, 'alertType' | 'conditions'>,
  { properties }: Alert,
): boolean {
  const isOfType = alertType === '*' || alertType.toLowerCase() === properties.alertType.toLowerCase();
  return isOfType && conditions.every((condition) => fits(condition, properties));
}

/** A rule that would hide attacks that nobody thought of: no condition, and every type or no end. */
export function isBroad({ alertType, until, conditions }: SuppressionRule): boolean {
  return conditions.length === 0 && (alertType === '*' || until === undefined);
}

/** A condition that says nothing, or is about a member that is not there, fits nothing. */
function fits({ field, oneOf, contains }: SuppressionCondition, properties: Alert['properties']): boolean {
  const values = valuesOf(field.toLowerCase().split('.'), properties);
  return values.some((value) => {
    const text = value.toLowerCase();
    const isOne = oneOf?.some((it) => it.toLowerCase() === text) ?? contains !== undefined;
    return isOne && (contains === undefined || text.includes(contains.toLowerCase()));
  });
}

function valuesOf(path: readonly string[], properties: Alert['properties']): string[] {
  const [first, type, ...rest] = path;
  if (first !== 'entities') {
    return textsAt(path, properties);
  }
  return properties.entities
    .filter((entity) => String(entity.type).toLowerCase().replaceAll('-', '') === type?.replaceAll('-', ''))
    .flatMap((entity) => textsAt(rest, entity));
}

/** Members in any letter case, as Azure names them in rules. */
function textsAt(path: readonly string[], value: unknown): string[] {
  const [member, ...rest] = path;
  if (Array.isArray(value)) {
    return value.flatMap((item) => textsAt(path, item));
  }
  if (member === undefined) {
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  }
  const found = Object.entries(Object(value)).find(([key]) => key.toLowerCase() === member);
  return found === undefined ? [] : textsAt(rest, found[1]);
}
