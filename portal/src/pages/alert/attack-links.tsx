import { Link } from '@fluentui/react-components';
import type { AzureAlert } from '../../api/schema.ts';

/** ATT&CK's pages of the techniques; the only links that lead out of the portal, and only when followed. */
export function AttackLinks({ alert }: { alert: AzureAlert }) {
  const { intent, techniques = [], subTechniques = [] } = alert.properties;
  const ids = [...techniques, ...subTechniques];
  return (
    <span>
      {spaced(intent)}
      {ids.map((id) => (
        <span key={id}>
          {' · '}
          <Link href={`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`} target="_blank" rel="noreferrer">
            {id}
          </Link>
        </span>
      ))}
    </span>
  );
}

function spaced(words: string): string {
  return words.replace(/([a-z])([A-Z])/g, '$1 $2');
}
