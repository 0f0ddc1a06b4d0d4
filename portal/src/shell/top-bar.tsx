import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { NavigationRegular, PersonRegular } from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import { useMe, useSignOut } from '../api/session.ts';
import { type SchemeChoice, useColorScheme } from '../theme/use-color-scheme.ts';

const useStyles = makeStyles({
  root: {
    boxSizing: 'border-box',
    height: '48px',
    padding: '0 12px',
    display: 'flex',
    alignItems: 'center',
    columnGap: '8px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  toggle: { display: 'none', '@media (max-width: 800px)': { display: 'inline-flex' } },
  home: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '8px',
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    textDecorationLine: 'none',
  },
  filler: { flexGrow: 1 },
  name: { '@media (max-width: 500px)': { display: 'none' } },
});

export function TopBar(props: { isNavigationOpen: boolean; onToggleNavigation: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Button
        className={styles.toggle}
        appearance="subtle"
        icon={<NavigationRegular />}
        aria-label="Navigation"
        aria-expanded={props.isNavigationOpen}
        onClick={props.onToggleNavigation}
      />
      <Link to="/" className={styles.home}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        Vedette
      </Link>
      <div className={styles.filler} />
      <PersonMenu />
    </div>
  );
}

function PersonMenu() {
  const styles = useStyles();
  const { choice, choose } = useColorScheme();
  const me = useMe();
  const signOut = useSignOut();
  const name = me.data?.name ?? 'Account';
  return (
    <Menu
      checkedValues={{ scheme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => choose(checkedItems[0] as SchemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<PersonRegular />} aria-label={`Account of ${name}`}>
          <span className={styles.name}>{name}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Appearance</MenuGroupHeader>
            <MenuItemRadio name="scheme" value="system">
              As the system
            </MenuItemRadio>
            <MenuItemRadio name="scheme" value="light">
              Light
            </MenuItemRadio>
            <MenuItemRadio name="scheme" value="dark">
              Dark
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuItem onClick={() => signOut.mutate()}>Sign out</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
