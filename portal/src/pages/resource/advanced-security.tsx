import { Button, Checkbox, Field, makeStyles, SpinButton, Switch, Text, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useSaveSettings } from '../../api/resources.ts';
import type { ProtectionSettings, Resource } from '../../api/schema.ts';
import type { Versioned } from '../../api/send.ts';
import { ErrorBar } from '../../components/message.tsx';
import { addressesIn } from './addresses-in.ts';
import { SWITCHES } from './alert-switches.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'flex-start' },
  fields: {
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '12px',
    alignItems: 'flex-start',
  },
  field: { width: 'min(480px, 100%)' },
  kinds: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))', width: '100%' },
  save: { display: 'flex', alignItems: 'center', columnGap: '12px' },
});

interface Props {
  resource: Resource;
  own: Versioned<ProtectionSettings>;
  /** Whether it is only looked at. */
  isReadOnly: boolean;
}

/** Advanced Threat Protection of one resource: on or off, which kinds of alerts, who is told, how long they are kept. */
export function AdvancedSecurity({ resource, own, isReadOnly }: Props) {
  const styles = useStyles();
  const save = useSaveSettings(resource.id);
  const [draft, setDraft] = useState<ProtectionSettings>({});
  const shown = { ...resource.settings, ...draft };
  const disabled = shown.disabledAlerts ?? [];
  const change = (settings: ProtectionSettings) => setDraft({ ...draft, ...settings });
  const submit = () =>
    save.mutate({ etag: own.etag, data: cleaned({ ...own.data, ...draft }) }, { onSuccess: () => setDraft({}) });
  return (
    <form className={styles.root} onSubmit={(event) => event.preventDefault()}>
      <fieldset className={styles.fields} disabled={isReadOnly} aria-label="Advanced security">
        <Switch
          label={`Advanced Threat Protection is ${shown.protection === 'off' ? 'off' : 'on'}`}
          checked={shown.protection !== 'off'}
          onChange={(_, { checked }) => change({ protection: checked ? 'on' : 'off' })}
        />
        {shown.protection === 'off' && <Text>Nothing is judged or learned while it is off.</Text>}
        <Text weight="semibold">Kinds of alerts</Text>
        <div className={styles.kinds}>
          {SWITCHES.map(({ id, label }) => (
            <Checkbox
              key={id}
              label={label}
              checked={!disabled.includes(id)}
              onChange={(_, { checked }) =>
                change({ disabledAlerts: checked ? disabled.filter((one) => one !== id) : [...disabled, id] })
              }
            />
          ))}
        </div>
        <Field
          label="Send alerts to"
          hint="E-mail addresses, one a line, beside the security contacts."
          className={styles.field}
        >
          <Textarea
            value={(shown.recipients ?? []).join('\n')}
            onChange={(_, { value }) => change({ recipients: addressesIn(value) })}
          />
        </Field>
        <Checkbox
          label="Send alerts to the Owners of the subscription, too"
          checked={shown.emailAccountAdmins === true}
          onChange={(_, { checked }) => change({ emailAccountAdmins: checked === true })}
        />
        <Field label="Keep alerts for (days)" hint="0 keeps them for ever.">
          <SpinButton
            min={0}
            max={36_500}
            value={shown.retentionDays ?? 0}
            onChange={(_, { value }) => change({ retentionDays: value ?? 0 })}
          />
        </Field>
      </fieldset>
      {save.error !== null && <ErrorBar error={save.error} />}
      {!isReadOnly && (
        <div className={styles.save}>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={Object.keys(draft).length === 0 || save.isPending}
            onClick={submit}
          >
            Save
          </Button>
          <output>{save.isSuccess && Object.keys(draft).length === 0 && 'Saved.'}</output>
        </div>
      )}
    </form>
  );
}

/** Without the empty lines that a person left between addresses. */
function cleaned({ recipients, ...settings }: ProtectionSettings): ProtectionSettings {
  const addresses = recipients?.map((address) => address.trim()).filter((address) => address !== '');
  return { ...settings, ...(addresses !== undefined && { recipients: addresses }) };
}
