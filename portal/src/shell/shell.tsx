import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Arrivals } from './arrivals.tsx';
import { Navigation } from './navigation.tsx';
import { TopBar } from './top-bar.tsx';

const useStyles = makeStyles({
  root: {
    minHeight: '100vh',
    display: 'grid',
    gridTemplateRows: '48px 1fr',
    gridTemplateColumns: '220px minmax(0, 1fr)',
    gridTemplateAreas: '"top top" "nav main"',
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 800px)': { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateAreas: '"top" "main"' },
  },
  top: { gridArea: 'top', position: 'sticky', top: 0, zIndex: 10 },
  navigation: {
    gridArea: 'nav',
    position: 'sticky',
    top: '48px',
    height: 'calc(100vh - 48px)',
    overflowY: 'auto',
    '@media (max-width: 800px)': { display: 'none' },
  },
  open: {
    '@media (max-width: 800px)': {
      display: 'block',
      position: 'fixed',
      inset: '48px 20% 0 0',
      zIndex: 9,
      boxShadow: tokens.shadow64,
    },
  },
  main: { gridArea: 'main', minWidth: 0, outlineStyle: 'none' },
  skip: {
    position: 'absolute',
    left: '-999px',
    ':focus': {
      left: '8px',
      top: '8px',
      zIndex: 20,
      padding: '8px 12px',
      backgroundColor: tokens.colorNeutralBackground1,
      color: tokens.colorBrandForegroundLink,
    },
  },
});

/** What stands round every page: the bar, the navigation, and a way past both for the keyboard. */
export function Shell() {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  return (
    <div className={styles.root}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header className={styles.top}>
        <TopBar isNavigationOpen={isOpen} onToggleNavigation={() => setOpen(!isOpen)} />
      </header>
      <div className={mergeClasses(styles.navigation, isOpen && styles.open)}>
        <Navigation onNavigate={() => setOpen(false)} />
      </div>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
        <Arrivals />
      </main>
    </div>
  );
}
