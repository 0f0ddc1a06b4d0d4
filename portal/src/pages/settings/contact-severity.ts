import type { ContactProperties } from '../../api/contacts.ts';

/** Severity from which on a contact is told. */
export function severityOf({ notificationsSources }: ContactProperties): string {
  return notificationsSources.find(({ sourceType }) => sourceType === 'Alert')?.minimalSeverity ?? 'Low';
}

/** What else it says stays: attack paths, which only Azure knows. */
export function withSeverity({ notificationsSources }: ContactProperties, minimalSeverity: string) {
  const others = notificationsSources.filter(({ sourceType }) => sourceType !== 'Alert');
  return [...others, { sourceType: 'Alert', minimalSeverity }];
}
