import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link, useSearch } from '@tanstack/react-router';
import { type Hunt, useHunts } from '../../api/hunts.ts';
import { Loaded } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { HuntPanel } from './hunt-panel.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(260px, 1fr) minmax(0, 3fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  chosen: { minWidth: 0, '@media (max-width: 1000px)': { order: -1 } },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '2px' },
  link: {
    display: 'block',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
});

/** Questions to the archive that were thought out before: what no alert tells, because nobody knows it is bad. */
export function HuntsTab() {
  const styles = useStyles();
  const { hunt: chosen } = useSearch({ from: '/shell/investigate/hunts' });
  return (
    <Loaded query={useHunts()}>
      {({ items }) => (
        <div className={styles.columns}>
          <Panel title="Hunts">
            <ul className={styles.list}>
              {items.map(({ id, title }) => (
                <li key={id}>
                  <Link to="/investigate/hunts" search={{ hunt: id }} className={styles.link}>
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
          <div className={chosen === undefined ? '' : styles.chosen}>
            <Chosen hunt={items.find(({ id }) => id === chosen)} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Chosen({ hunt }: { hunt: Hunt | undefined }) {
  return hunt === undefined ? (
    <Panel title="What a hunt is">
      <Text>
        A question to everything that was kept, for what raises no alert by itself. Choose one; it says what it finds
        and how to tell what is harmless from what is not.
      </Text>
    </Panel>
  ) : (
    <HuntPanel key={hunt.id} hunt={hunt} />
  );
}
