import { Field, Input } from '@fluentui/react-components';
import { isoOf, localText } from './local-moment.ts';

interface Props {
  label: string;
  /** ISO 8601. */
  value: string;
  onChange: (iso: string) => void;
}

/** Asks for a moment, by the clock of this browser. */
export function MomentField({ label, value, onChange }: Props) {
  return (
    <Field label={label} required>
      <Input
        type="datetime-local"
        value={localText(value)}
        onChange={(_, { value: text }) => {
          const iso = isoOf(text);
          if (iso !== undefined) {
            onChange(iso);
          }
        }}
      />
    </Field>
  );
}
