import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { Resource } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { ENGINES } from './engines.ts';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  table: { width: '100%', borderCollapse: 'collapse' },
  head: {
    textAlign: 'left',
    padding: '8px 12px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'nowrap',
  },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  cell: { padding: '8px 12px' },
  link: { color: tokens.colorBrandForegroundLink, fontWeight: tokens.fontWeightSemibold },
});

const ORIGINS = { configured: 'Configuration', added: 'Added here', discovered: 'Found in a stream' } as const;

export function ResourceTable({ resources }: { resources: readonly Resource[] }) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Resources">
        <thead>
          <tr>
            {['Name', 'Kind', 'Protection', 'Resource group', 'Comes from'].map((title) => (
              <th key={title} scope="col" className={styles.head}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map((resource) => (
            <tr key={resource.id} className={styles.row}>
              <td className={styles.cell}>
                <Link to="/resources/$id" params={{ id: resource.id }} className={styles.link}>
                  <LogText>{resource.name}</LogText>
                </Link>
              </td>
              <td className={styles.cell}>{ENGINES[resource.engine]}</td>
              <td className={styles.cell}>
                <ProtectionBadge protection={resource.protection} />
              </td>
              <td className={styles.cell}>
                <LogText>{resource.resourceGroup}</LogText>
              </td>
              <td className={styles.cell}>{ORIGINS[resource.origin]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProtectionBadge({ protection }: { protection: Resource['protection'] }) {
  return protection === 'on' ? (
    <Badge appearance="tint" color="success">
      On
    </Badge>
  ) : (
    <Badge appearance="tint" color="warning">
      Off
    </Badge>
  );
}
