import { Badge, makeStyles } from '@fluentui/react-components';
import type { RoleOn } from '../../api/users.ts';
import { LogText } from '../../components/log-text.tsx';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', rowGap: '4px', minWidth: 0 } });

/** Roles with what they are on; on everything where nothing is said. */
export function RoleBadges({ roles }: { roles: readonly RoleOn[] }) {
  const styles = useStyles();
  if (roles.length === 0) {
    return <>No role</>;
  }
  return (
    <span className={styles.root}>
      {roles.map(({ role, scope }) => (
        <span key={`${role} ${scope}`}>
          <Badge appearance="tint" color={role === 'Owner' ? 'important' : 'informative'}>
            {role}
          </Badge>{' '}
          {scope !== '/' && <LogText>{scope}</LogText>}
        </span>
      ))}
    </span>
  );
}
