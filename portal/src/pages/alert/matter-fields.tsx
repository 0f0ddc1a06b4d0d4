import { Checkbox, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { LogText } from '../../components/log-text.tsx';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column' } });

/** Something that is known of an alert, by which others like it are told. */
export interface Part<Name extends string> {
  part: Name;
  label: string;
  value: string;
}

interface Props<Name extends string> {
  legend: string;
  parts: readonly Part<Name>[];
  chosen: ReadonlySet<Name>;
  onChange: (chosen: ReadonlySet<Name>) => void;
  /** Further boxes. */
  children?: ReactNode;
}

/** What of an alert a rule is about: a box for each part. */
export function MatterFields<Name extends string>({ legend, parts, chosen, onChange, children }: Props<Name>) {
  const styles = useStyles();
  return (
    <fieldset className={styles.root}>
      <legend>{legend}</legend>
      {parts.map(({ part, label, value }) => (
        <Checkbox
          key={part}
          label={
            <>
              {label} <LogText>{value}</LogText>
            </>
          }
          checked={chosen.has(part)}
          onChange={(_, { checked }) => onChange(toggled(chosen, part, checked === true))}
        />
      ))}
      {children}
    </fieldset>
  );
}

/** Those of the parts that the alert tells of. */
export function partsOf<Name extends string>(
  named: readonly { part: Name; label: string; value: string | undefined }[],
): Part<Name>[] {
  return named.flatMap(({ value, ...part }) => (value === undefined || value === '' ? [] : [{ ...part, value }]));
}

function toggled<Name>(chosen: ReadonlySet<Name>, part: Name, isChosen: boolean): ReadonlySet<Name> {
  const next = new Set(chosen);
  next[isChosen ? 'add' : 'delete'](part);
  return next;
}
