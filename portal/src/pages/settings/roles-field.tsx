import { Button, Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { AddRegular, DismissRegular } from '@fluentui/react-icons';
import { ROLES } from '../../api/may.ts';
import type { RoleOn } from '../../api/users.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '8px', alignItems: 'flex-start' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(130px, 180px) minmax(0, 1fr) auto',
    columnGap: '8px',
    alignItems: 'end',
    width: '100%',
    '@media (max-width: 500px)': { gridTemplateColumns: 'minmax(0, 1fr) auto', rowGap: '4px' },
  },
});

const EVERYTHING: RoleOn = { role: 'Security Reader', scope: '/' };

/** Which roles somebody has, and on what. */
export function RolesField({ roles, onChange }: { roles: readonly RoleOn[]; onChange: (roles: RoleOn[]) => void }) {
  const styles = useStyles();
  const put = (at: number, change: Partial<RoleOn>) =>
    onChange(roles.map((it, index) => (index === at ? { ...it, ...change } : it)));
  return (
    <div className={styles.root}>
      {roles.map(({ role, scope }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
        <div key={at} className={styles.row}>
          <Field label="Role">
            <Select value={role} onChange={(_, { value }) => put(at, { role: value as RoleOn['role'] })}>
              {ROLES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
          <Field label="On">
            <Input value={scope} maxLength={500} onChange={(_, { value }) => put(at, { scope: value })} />
          </Field>
          <Button
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={`Take the role ${role} on ${scope}`}
            onClick={() => onChange(roles.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button appearance="subtle" size="small" icon={<AddRegular />} onClick={() => onChange([...roles, EVERYTHING])}>
        Add a role
      </Button>
    </div>
  );
}

/** Roles as the server takes them: `/` is everything, else an id of a subscription, group or resource. */
export function areRolesValid(roles: readonly RoleOn[]): boolean {
  return roles.every(({ scope }) => /^\/(?:subscriptions\/[^/]+.*)?$/i.test(scope));
}
