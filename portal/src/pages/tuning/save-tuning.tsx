import { Button, makeStyles, Text } from '@fluentui/react-components';
import { useSaveSettings } from '../../api/resources.ts';
import type { ProtectionSettings, Resource } from '../../api/schema.ts';
import type { Versioned } from '../../api/send.ts';
import { ErrorBar } from '../../components/message.tsx';
import { withDetector } from './with-detector.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
});

interface Props {
  resource: Resource;
  detector: string;
  own: Versioned<ProtectionSettings>;
  /** Undefined: nothing to save. */
  changes: Readonly<Record<string, unknown>> | undefined;
  /** Whether a person wrote into the fields. */
  isTouched: boolean;
  /** Shows again what holds. */
  onReset: () => void;
}

/** Lets settings hold for the resource, unless somebody else changed them meanwhile. */
export function SaveTuning({ resource, detector, own, changes, isTouched, onReset }: Props) {
  const styles = useStyles();
  const save = useSaveSettings(resource.id);
  const isOwn = own.data.detectors?.[detector] !== undefined;
  const put = (next: Readonly<Record<string, unknown>> | undefined) =>
    save.mutate(
      { etag: own.etag, data: withDetector(own.data, resource.settings.detectors, detector, next) },
      { onSuccess: onReset },
    );
  return (
    <>
      {save.error !== null && <ErrorBar error={save.error} />}
      <div className={styles.root}>
        <Button
          appearance="primary"
          disabledFocusable={changes === undefined || save.isPending}
          onClick={() => changes !== undefined && put(changes)}
        >
          Save
        </Button>
        {isTouched && (
          <Button appearance="subtle" onClick={onReset}>
            Back to what holds
          </Button>
        )}
        {isOwn && (
          <Button disabledFocusable={save.isPending} onClick={() => put(undefined)}>
            Forget what was changed here
          </Button>
        )}
        <output>
          {save.isSuccess && changes === undefined && (
            <Text>Saved. In force for what is logged from now on; alerts that are there stay.</Text>
          )}
        </output>
      </div>
      {isOwn && (
        <Text size={200}>
          Changed here, over the configuration’s file. Forgetting it brings the file’s settings back.
        </Text>
      )}
    </>
  );
}
