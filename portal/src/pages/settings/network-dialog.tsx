import { Checkbox, Field, Input, makeStyles, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useSaveNetwork } from '../../api/networks.ts';
import type { NamedNetwork } from '../../api/schema.ts';
import { NetworkMap } from '../../components/charts/network-map.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { fieldsOf, type NetworkFields, networkOf } from './network-fields.ts';

const useStyles = makeStyles({
  two: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))', gap: '12px' },
});

interface Props {
  /** Absent: a new one is made. */
  network?: NamedNetwork;
  others: readonly NamedNetwork[];
  onClose: () => void;
}

/** Asks for a named network. */
export function NetworkDialog({ network, others, onClose }: Props) {
  const styles = useStyles();
  const save = useSaveNetwork();
  const [fields, setFields] = useState(fieldsOf(network));
  const change = (some: Partial<NetworkFields>) => setFields({ ...fields, ...some });
  const { name, cidr, country, city, lat, lon, trusted } = fields;
  const isTaken = network === undefined && others.some((it) => it.name.toLowerCase() === name.trim().toLowerCase());
  const body = networkOf(fields);
  return (
    <FormDialog
      title={network === undefined ? 'Add a network' : `Change ${network.name}`}
      save="Save"
      isReady={body !== undefined && !isTaken}
      isPending={save.isPending}
      error={save.error}
      onSave={() =>
        body !== undefined && save.mutate({ name: name.trim(), etag: network?.etag, body }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <Field label="Name" required {...(isTaken && { validationMessage: 'There is a network of this name.' })}>
        <Input
          value={name}
          maxLength={100}
          readOnly={network !== undefined}
          onChange={(_, { value }) => change({ name: value })}
        />
      </Field>
      <Field label="Addresses" required hint="One network a line, such as 198.51.100.0/24 or 2001:db8::/32.">
        <Textarea value={cidr} rows={3} onChange={(_, { value }) => change({ cidr: value })} />
      </Field>
      <Checkbox
        label="Trusted: access from here is beyond suspicion"
        checked={trusted}
        onChange={(_, { checked }) => change({ trusted: checked === true })}
      />
      <div className={styles.two}>
        <Field label="Country" hint="Two letters, such as DE.">
          <Input value={country} maxLength={2} onChange={(_, { value }) => change({ country: value.toUpperCase() })} />
        </Field>
        <Field label="City">
          <Input value={city} maxLength={100} onChange={(_, { value }) => change({ city: value })} />
        </Field>
        <Field label="Latitude">
          <Input value={lat} inputMode="decimal" onChange={(_, { value }) => change({ lat: value })} />
        </Field>
        <Field label="Longitude" hint="Or click on the map.">
          <Input value={lon} inputMode="decimal" onChange={(_, { value }) => change({ lon: value })} />
        </Field>
      </div>
      <NetworkMap
        networks={body === undefined ? [] : [{ ...body, name: name === '' ? 'Here' : name }]}
        onPick={(place) => change({ lat: String(place.lat), lon: String(place.lon) })}
      />
    </FormDialog>
  );
}
