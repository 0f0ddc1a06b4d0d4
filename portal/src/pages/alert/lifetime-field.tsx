import { Field, Select } from '@fluentui/react-components';

/** How long a rule may hold, in days. */
const LIFETIMES = [
  { days: 1, label: 'A day' },
  { days: 7, label: 'A week' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
] as const;
export const USUAL_LIFETIME_DAYS = 30;
const DAY_MS = 86_400_000;

/** Asks for how many days a rule is to hold. */
export function LifetimeField({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    <Field label="How long">
      <Select value={String(days)} onChange={(_, { value }) => onChange(Number(value))}>
        {LIFETIMES.map((one) => (
          <option key={one.days} value={one.days}>
            {one.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The end of a lifetime that begins now. */
export function endOf(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}
