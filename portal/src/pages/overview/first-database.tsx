import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { Panel } from '../../components/panel.tsx';

const useStyles = makeStyles({
  steps: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', rowGap: '6px', maxWidth: '80ch' },
  start: {
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorBrandBackgroundHover, color: tokens.colorNeutralForegroundOnBrand },
  },
});

/** What stands here before the first database: how one comes to be watched. */
export function FirstDatabase() {
  const styles = useStyles();
  return (
    <Panel title="No database is watched yet">
      <Text>It takes about two minutes:</Text>
      <ol className={styles.steps}>
        <li>Paste some lines of a database’s log. They are looked at and kept nowhere.</li>
        <li>Vedette tells their format, what detectors would miss in them, and the statements that mend it.</li>
        <li>Name the file, and it is watched: guessed passwords are told at once, what is unusual after a week.</li>
      </ol>
      <div>
        <Link to="/resources/add" className={styles.start}>
          Add your first database
        </Link>
      </div>
      <Text>Databases that a stream names, such as an event hub, appear under Resources by themselves.</Text>
    </Panel>
  );
}
