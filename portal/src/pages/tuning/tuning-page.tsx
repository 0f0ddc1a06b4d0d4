import { Field, makeStyles, Select } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useOwnSettings, useResource, useResourcePages } from '../../api/resources.ts';
import type { Detector, Resource } from '../../api/schema.ts';
import { useDetectors, useHeldSettings } from '../../api/tuning.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { ResourcePicker } from './resource-picker.tsx';
import { SettingsForm } from './settings-form.tsx';
import type { TuningSearch } from './tuning-search.ts';

const useStyles = makeStyles({
  choice: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 360px))',
    gap: '12px',
  },
});

/** Other settings of detectors: what they would have raised in the past, before they hold. */
export function TuningPage() {
  const { resource } = useSearch({ from: '/shell/tuning' });
  const first = useResourcePages('');
  const id = resource ?? first.data?.pages[0]?.items[0]?.id;
  return (
    <Page title="Tuning" lead="Try other settings on what already happened, then let them hold.">
      {id === undefined ? (
        <Loaded query={first}>
          {() => <Nothing title="No database yet">Add one under Resources; its detectors are tuned here.</Nothing>}
        </Loaded>
      ) : (
        <ResourceTuning id={id} />
      )}
    </Page>
  );
}

function ResourceTuning({ id }: { id: string }) {
  const resource = useResource(id);
  const detectors = useDetectors();
  return (
    <Loaded query={resource}>
      {(known) => (
        <Loaded query={detectors}>{({ items }) => <DetectorTuning resource={known} detectors={items} />}</Loaded>
      )}
    </Loaded>
  );
}

function DetectorTuning({ resource, detectors }: { resource: Resource; detectors: readonly Detector[] }) {
  const styles = useStyles();
  const search = useSearch({ from: '/shell/tuning' });
  const navigate = useNavigate({ from: '/tuning' });
  const held = useHeldSettings(resource.id);
  const own = useOwnSettings(resource.id);
  const go = (change: TuningSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const detector = detectors.find(({ id }) => id === search.detector) ?? detectors[0];
  return (
    <>
      <div className={styles.choice}>
        <ResourcePicker resource={resource} onPick={(id) => go({ resource: id })} />
        <Field label="Detector">
          <Select value={detector?.id ?? ''} onChange={(_, { value }) => go({ detector: value })}>
            {detectors.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {detector !== undefined && (
        <Loaded query={held}>
          {({ isJudged, detectors: settings }) => (
            <Loaded query={own}>
              {(versioned) =>
                settings[detector.id] === undefined ? (
                  <NotAtWork resource={resource} isJudged={isJudged} />
                ) : (
                  <SettingsForm
                    key={`${resource.id} ${detector.id}`}
                    resource={resource}
                    detector={detector}
                    held={settings[detector.id]!}
                    own={versioned}
                  />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </>
  );
}

function NotAtWork({ resource, isJudged }: { resource: Resource; isJudged: boolean }) {
  return isJudged ? (
    <Nothing title="This detector is turned off here">
      Its kind of alerts is unticked on the page of {resource.name}; tick it there first.
    </Nothing>
  ) : (
    <Nothing title={`${resource.name} is not judged`}>
      No log of it is configured here, so there is nothing to try settings on.
    </Nothing>
  );
}
