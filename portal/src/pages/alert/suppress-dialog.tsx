import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Select,
  Text,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useSuppress, useSuppressionPreview } from '../../api/rules.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { HiddenPreview } from './hidden-preview.tsx';
import { endOf, LIFETIMES, USUAL_LIFETIME_DAYS } from './rule-times.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  matter: { display: 'flex', flexDirection: 'column' },
});

interface Props {
  alert: AlertDetail;
  onClose: () => void;
}

/** Keeps alerts of one kind quiet: they are still found, but born dismissed, and nobody is told. */
export function SuppressDialog({ alert, onClose }: Props) {
  const styles = useStyles();
  const parts = partsOf(alert);
  const [chosen, setChosen] = useState<readonly string[]>(parts.map(({ field }) => field));
  const [days, setDays] = useState<number>(USUAL_LIFETIME_DAYS);
  const [reason, setReason] = useState('');
  const suppress = useSuppress();
  const matter = {
    subscriptionId: alert.resourceId.split('/')[2] ?? '',
    alertType: alert.alertType,
    conditions: parts
      .filter(({ field }) => chosen.includes(field))
      .map(({ field, value }) => ({ field, oneOf: [value] })),
  };
  const preview = useSuppressionPreview(matter);
  const isReady = reason.trim() !== '';
  const save = () =>
    suppress.mutate(
      { ...matter, name: nameOf(alert), reason, isEnabled: true, until: endOf(days) },
      { onSuccess: onClose },
    );
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Suppress such alerts</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>
              They are still found and kept, but dismissed at once, and nobody is told. It teaches nothing; where it was
              expected, “This was expected” is better.
            </Text>
            <fieldset className={styles.matter}>
              <legend>“{alert.displayName}” of the subscription, where all of this fits</legend>
              {parts.map(({ field, label, value }) => (
                <Checkbox
                  key={field}
                  label={
                    <>
                      {label} <LogText>{value}</LogText>
                    </>
                  }
                  checked={chosen.includes(field)}
                  onChange={(_, { checked }) =>
                    setChosen(checked === true ? [...chosen, field] : chosen.filter((one) => one !== field))
                  }
                />
              ))}
            </fieldset>
            <HiddenPreview query={preview} />
            <Field label="How long">
              <Select value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
                {LIFETIMES.map((one) => (
                  <option key={one.days} value={one.days}>
                    {one.label}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Why" required>
              <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
            </Field>
            {suppress.error !== null && <ErrorBar error={suppress.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabledFocusable={!isReady || suppress.isPending}
              onClick={() => isReady && save()}
            >
              Suppress
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function partsOf({ principal, address }: AlertDetail): { field: string; label: string; value: string }[] {
  return [
    { field: 'entities.account.name', label: 'Principal', value: principal },
    { field: 'entities.ip.address', label: 'Address', value: address },
  ].flatMap(({ value, ...part }) => (value === undefined ? [] : [{ ...part, value }]));
}

/** One rule an alert: making it again replaces it. */
function nameOf({ alertType, name }: AlertDetail): string {
  return `${alertType.replace(/\W/g, '-')}-${name.slice(-12)}`;
}
