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
import { useChangeStatus } from '../../api/alerts.ts';
import { useAddExpected, useExpectedPreview } from '../../api/rules.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { useMe } from '../../api/session.ts';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { HiddenPreview } from './hidden-preview.tsx';
import { endOf, LIFETIMES, USUAL_LIFETIME_DAYS } from './rule-times.ts';
import { scopesOf } from './scopes-of.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  matter: { display: 'flex', flexDirection: 'column' },
});

interface Props {
  alert: AlertDetail;
  onClose: () => void;
}

type Part = 'principal' | 'network' | 'application';

/** "This was expected": teaches that what happened is usual, as narrowly as a person says, until a day that they say. */
export function ExpectedDialog({ alert, onClose }: Props) {
  const styles = useStyles();
  const parts = partsOf(alert);
  const scopes = scopesOf(alert.resourceId);
  const me = useMe().data?.name ?? '';
  const [chosen, setChosen] = useState<ReadonlySet<Part>>(new Set(parts.map(({ part }) => part)));
  const [isThisKind, setThisKind] = useState(true);
  const [scope, setScope] = useState(alert.resourceId);
  const [days, setDays] = useState<number>(USUAL_LIFETIME_DAYS);
  const [owner, setOwner] = useState(me);
  const [reason, setReason] = useState('');
  const matter = {
    scope,
    ...Object.fromEntries(parts.filter(({ part }) => chosen.has(part)).map(({ part, value }) => [part, value])),
    ...(isThisKind && { alertType: alert.alertType }),
  };
  const preview = useExpectedPreview(chosen.size > 0 ? matter : undefined);
  const { save, error, isPending } = useSave(alert, onClose);
  const isReady = chosen.size > 0 && reason.trim() !== '';
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>This was expected</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>What fits all of this raises no alert while the rule holds, and becomes usual.</Text>
            <fieldset className={styles.matter}>
              <legend>What was expected</legend>
              {parts.map(({ part, label, value }) => (
                <Checkbox
                  key={part}
                  label={
                    <>
                      {label} <LogText>{value}</LogText>
                    </>
                  }
                  checked={chosen.has(part)}
                  onChange={(_, { checked }) => setChosen(toggled(chosen, part, checked === true))}
                />
              ))}
              <Checkbox
                label={`Only alerts such as “${alert.displayName}”`}
                checked={isThisKind}
                onChange={(_, { checked }) => setThisKind(checked === true)}
              />
            </fieldset>
            <Field label="Where">
              <Select value={scope} onChange={(_, { value }) => setScope(value)}>
                {scopes.map((one) => (
                  <option key={one.scope} value={one.scope}>
                    {one.label}
                  </option>
                ))}
              </Select>
            </Field>
            {chosen.size > 0 ? (
              <HiddenPreview query={preview} />
            ) : (
              <Text role="alert">Name at least one of principal, address and application.</Text>
            )}
            <Field label="How long">
              <Select value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
                {LIFETIMES.map((one) => (
                  <option key={one.days} value={one.days}>
                    {one.label}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Who answers for it" required>
              <Input value={owner} maxLength={200} onChange={(_, { value }) => setOwner(value)} />
            </Field>
            <Field label="Why it was expected" required>
              <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
            </Field>
            {error !== null && <ErrorBar error={error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabledFocusable={!isReady || isPending}
              onClick={() => isReady && save({ ...matter, until: endOf(days), owner: owner.trim() || me, reason })}
            >
              Expect it from now on
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The rule first: an alert that is dismissed without it would come again. */
function useSave(alert: AlertDetail, onDone: () => void) {
  const add = useAddExpected();
  const change = useChangeStatus();
  const save = (rule: Parameters<typeof add.mutate>[0]) =>
    add.mutate(rule, {
      onSuccess: () =>
        change.mutate(
          [
            {
              name: alert.name,
              etag: alert.etag,
              status: 'Dismissed',
              reason: `Expected: ${rule.reason}`.slice(0, 500),
            },
          ],
          { onSuccess: onDone },
        ),
    });
  return { save, error: add.error ?? change.error, isPending: add.isPending || change.isPending };
}

function partsOf({ principal, address, alert }: AlertDetail): { part: Part; label: string; value: string }[] {
  const application = alert.properties.extendedProperties.Application;
  return [
    { part: 'principal' as const, label: 'Principal', value: principal },
    { part: 'network' as const, label: 'Address', value: address },
    { part: 'application' as const, label: 'Application', value: application },
  ].flatMap(({ value, ...part }) => (value === undefined || value === '' ? [] : [{ ...part, value }]));
}

function toggled(chosen: ReadonlySet<Part>, part: Part, isChosen: boolean): ReadonlySet<Part> {
  const next = new Set(chosen);
  next[isChosen ? 'add' : 'delete'](part);
  return next;
}
