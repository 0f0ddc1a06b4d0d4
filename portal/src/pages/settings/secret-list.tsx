import { makeStyles } from '@fluentui/react-components';
import type { ServicePrincipal } from '../../api/schema.ts';
import { useRemoveSecret } from '../../api/tokens.ts';
import { LogText } from '../../components/log-text.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({ root: { margin: 0, padding: 0, listStyleType: 'none' } });

/** The secrets of a service principal by their beginnings, and when they end. */
export function SecretList({ principal: { name, clientId, secrets } }: { principal: ServicePrincipal }) {
  const styles = useStyles();
  const remove = useRemoveSecret();
  return (
    <ul className={styles.root}>
      {secrets.map(({ id, hint, expiresTime }) => (
        <li key={id}>
          <LogText>{`${hint}…`}</LogText>, until <TimeText iso={expiresTime} />
          <RemoveButton
            label={`Remove the secret ${hint}… of ${name}`}
            consequence="It, and every access token that was got with it, is refused at once."
            subject={{ clientId, id }}
            remove={remove}
          />
        </li>
      ))}
    </ul>
  );
}
