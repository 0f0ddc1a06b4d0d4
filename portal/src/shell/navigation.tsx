import { makeStyles, tokens } from '@fluentui/react-components';
import {
  AlertRegular,
  DatabaseRegular,
  HeartPulseRegular,
  HomeRegular,
  OptionsRegular,
  SearchRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';

const useStyles = makeStyles({
  root: {
    boxSizing: 'border-box',
    height: '100%',
    padding: '12px 8px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '2px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '10px',
    padding: '8px 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      fontWeight: tokens.fontWeightSemibold,
      boxShadow: `inset 3px 0 ${tokens.colorCompoundBrandStroke}`,
    },
  },
});

const PLACES = [
  { to: '/', label: 'Overview', icon: HomeRegular },
  { to: '/alerts', label: 'Security alerts', icon: AlertRegular },
  { to: '/resources', label: 'Resources', icon: DatabaseRegular },
  { to: '/investigate', label: 'Investigate', icon: SearchRegular },
  { to: '/health', label: 'Health', icon: HeartPulseRegular },
  { to: '/tuning', label: 'Tuning', icon: OptionsRegular },
  { to: '/settings', label: 'Settings', icon: SettingsRegular },
] as const;

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const styles = useStyles();
  return (
    <nav className={styles.root} aria-label="Main">
      {PLACES.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={styles.link} activeOptions={{ exact: to === '/' }} onClick={onNavigate}>
          <Icon fontSize={20} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}
