import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { type MaintenanceWindow, useSaveWindow } from '../../api/notifications.ts';
import { useMe } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { MomentField } from '../../components/moment-field.tsx';
import { fieldsOfWindow, WEEKDAYS, type WindowFields, windowOf } from './window-fields.ts';

const useStyles = makeStyles({
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))', gap: '12px' },
});

interface Props {
  /** Absent: a new one is made. */
  window?: MaintenanceWindow;
  onClose: () => void;
}

/** Asks for a time in which nobody is told. */
export function WindowDialog({ window, onClose }: Props) {
  const save = useSaveWindow(window);
  const me = useMe().data?.name ?? '';
  const [fields, setFields] = useState(() => fieldsOfWindow(window, me, Date.now()));
  const change = (some: Partial<WindowFields>) => setFields({ ...fields, ...some });
  const body = windowOf(fields, window);
  return (
    <FormDialog
      title={window === undefined ? 'Add a maintenance window' : `Change “${window.reason}”`}
      save="Save"
      isReady={body !== undefined}
      isPending={save.isPending}
      error={save.error}
      onSave={() => body !== undefined && save.mutate(body, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label="What is done" required>
        <Input value={fields.reason} maxLength={500} onChange={(_, { value }) => change({ reason: value })} />
      </Field>
      <Field label="Who answers for it" required>
        <Input value={fields.owner} maxLength={200} onChange={(_, { value }) => change({ owner: value })} />
      </Field>
      <RadioGroup
        layout="horizontal"
        aria-label="How often"
        value={fields.isWeekly ? 'weekly' : 'once'}
        onChange={(_, { value }) => change({ isWeekly: value === 'weekly' })}
      >
        <Radio value="once" label="Once" />
        <Radio value="weekly" label="Each week" />
      </RadioGroup>
      {fields.isWeekly ? <Weekly fields={fields} change={change} /> : <Once fields={fields} change={change} />}
      <Field label="Resources" hint="Names with * for anything, one a line. Empty: all.">
        <Textarea value={fields.resources} rows={2} onChange={(_, { value }) => change({ resources: value })} />
      </Field>
    </FormDialog>
  );
}

interface PartProps {
  fields: WindowFields;
  change: (some: Partial<WindowFields>) => void;
}

function Once({ fields: { once }, change }: PartProps) {
  const styles = useStyles();
  return (
    <div className={styles.two}>
      <MomentField label="From" value={once.from} onChange={(from) => change({ once: { ...once, from } })} />
      <MomentField label="To" value={once.to} onChange={(to) => change({ once: { ...once, to } })} />
    </div>
  );
}

function Weekly({ fields: { weekly }, change }: PartProps) {
  const styles = useStyles();
  const set = (some: Partial<WindowFields['weekly']>) => change({ weekly: { ...weekly, ...some } });
  return (
    <>
      <div className={styles.two}>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            label={day[0]!.toUpperCase() + day.slice(1)}
            checked={weekly.days.includes(day)}
            onChange={(_, { checked }) =>
              set({ days: WEEKDAYS.filter((one) => (one === day ? checked === true : weekly.days.includes(one))) })
            }
          />
        ))}
      </div>
      <div className={styles.two}>
        <Field label="From" required>
          <Input type="time" value={weekly.from} onChange={(_, { value }) => set({ from: value })} />
        </Field>
        <Field label="To" required>
          <Input type="time" value={weekly.to} onChange={(_, { value }) => set({ to: value })} />
        </Field>
        <Field label="Time zone" required>
          <Input value={weekly.timeZone} maxLength={100} onChange={(_, { value }) => set({ timeZone: value })} />
        </Field>
      </div>
    </>
  );
}
