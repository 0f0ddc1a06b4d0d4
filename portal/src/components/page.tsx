import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';

const useStyles = makeStyles({
  root: {
    boxSizing: 'border-box',
    maxWidth: 'max(1600px, 75vw)',
    padding: '16px 24px 48px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    '& a:not([class])': { color: tokens.colorBrandForegroundLink },
    '@media (max-width: 600px)': { padding: '12px 12px 48px' },
  },
  trail: {
    display: 'flex',
    columnGap: '6px',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '& a': { color: tokens.colorBrandForegroundLink, textDecorationLine: 'none' },
    '& a:hover': { textDecorationLine: 'underline' },
  },
  head: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
  title: { margin: 0, overflowWrap: 'anywhere' },
  commands: { display: 'flex', flexWrap: 'wrap', gap: '4px', marginLeft: '-12px' },
});

interface Props {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** Pages above this one. */
  trail?: readonly { label: string; to: '/' | '/alerts' | '/resources' }[];
  commands?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: where it is, what it is, what can be done, then its content. */
export function Page({ title, lead, trail = [], commands, children }: Props) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        {trail.length > 0 && (
          <nav className={styles.trail} aria-label="Breadcrumb">
            {trail.map(({ label, to }) => (
              <span key={label}>
                <Link to={to}>{label}</Link> ›
              </span>
            ))}
          </nav>
        )}
        <Title2 as="h1" className={styles.title}>
          {title}
        </Title2>
        {lead !== undefined && <Text>{lead}</Text>}
      </div>
      {commands !== undefined && <div className={styles.commands}>{commands}</div>}
      {children}
    </div>
  );
}
