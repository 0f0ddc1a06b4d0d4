import { makeStyles, tokens } from '@fluentui/react-components';
import { Link, type LinkProps } from '@tanstack/react-router';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    overflowX: 'auto',
    columnGap: '4px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  link: {
    padding: '8px 12px',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1 },
    ':focus-visible': { outlineOffset: '-2px' },
    '&[aria-current="page"]': {
      color: tokens.colorNeutralForeground1,
      fontWeight: tokens.fontWeightSemibold,
      borderBottomColor: tokens.colorCompoundBrandStroke,
    },
  },
});

export interface Tab extends Pick<LinkProps, 'to' | 'params'> {
  label: string;
}

/** Parts of a page that have addresses of their own. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const styles = useStyles();
  return (
    <nav className={styles.root} aria-label={label}>
      {tabs.map(({ label: text, ...link }) => (
        <Link key={text} {...link} className={styles.link} activeOptions={{ exact: true, includeSearch: false }}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
