import { makeStyles, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { Detector, ProtectionSettings, Resource } from '../../api/schema.ts';
import type { Versioned } from '../../api/send.ts';
import { useMay } from '../../api/session.ts';
import { Panel } from '../../components/panel.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Preview } from './preview.tsx';
import { SaveTuning } from './save-tuning.tsx';
import { changesOf, type Draft, problemOf, textOf } from './setting-draft.ts';
import { SettingField } from './setting-field.tsx';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 7fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

interface Props {
  resource: Resource;
  detector: Detector;
  /** Every setting of the detector that holds. */
  held: Readonly<Record<string, unknown>>;
  /** What people set for the resource itself. */
  own: Versioned<ProtectionSettings>;
}

/** The settings of one detector for one resource, beside what others would have raised. */
export function SettingsForm({ resource, detector, held, own }: Props) {
  const styles = useStyles();
  const isReadOnly = !useMay('Security Admin', resource.id);
  const [draft, setDraft] = useState<Draft>({});
  const { settings } = detector;
  const changes = changesOf(settings, held, draft);
  const isValid = settings.every((it) => draft[it.name] === undefined || problemOf(it, draft[it.name]!) === undefined);
  const isChanged = isValid && Object.keys(changes).length > 0;
  return (
    <>
      {isReadOnly && <ReadOnlyNote needs="Security Admin" what="settings" />}
      <div className={styles.root}>
        <Panel title="Settings">
          {settings.map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              held={held[setting.name]}
              value={draft[setting.name] ?? shown(held[setting.name])}
              isReadOnly={isReadOnly}
              onChange={(value) => setDraft({ ...draft, [setting.name]: value })}
            />
          ))}
          {!isReadOnly && (
            <SaveTuning
              resource={resource}
              detector={detector.id}
              own={own}
              changes={isChanged ? changes : undefined}
              onReset={() => setDraft({})}
              isTouched={Object.keys(draft).length > 0}
            />
          )}
        </Panel>
        <Panel title="What they would have raised">
          {isReadOnly ? (
            <Text>Reading a history again takes the role Security Admin.</Text>
          ) : (
            <Preview
              resource={resource}
              detector={detector.id}
              changes={isChanged ? changes : undefined}
              onUse={(name, value) => setDraft({ ...draft, [name]: shown(value) })}
            />
          )}
        </Panel>
      </div>
    </>
  );
}

function shown(value: unknown): string | boolean {
  return typeof value === 'boolean' ? value : textOf(value);
}
