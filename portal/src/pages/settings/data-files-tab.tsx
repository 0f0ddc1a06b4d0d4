import { Badge, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type DataFile, type DataFiles, useDataFiles } from '../../api/data-files.ts';
import { bytesText } from '../../components/bytes-text.ts';
import { CopyLine } from '../../components/copy-line.tsx';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { TabBody } from './tab-body.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, margin: 0, paddingLeft: '20px' },
});

type Kind = DataFile['kind'];
const KINDS: Readonly<Record<Kind, { label: string; tells: string }>> = {
  geo: { label: 'Places', tells: 'countries and cities of addresses' },
  asn: { label: 'Networks', tells: 'who runs the network of an address' },
  cloudRanges: { label: 'Cloud regions', tells: 'regions of Azure, AWS and Google' },
  reputation: { label: 'Reputation', tells: 'Tor exits and addresses known for attacks' },
};

const COLUMNS: readonly Column<DataFile>[] = [
  { title: 'Tells', cell: ({ kind }) => KINDS[kind].label },
  { title: 'File', cell: ({ name }) => <LogText>{name}</LogText> },
  { title: 'Size', isShort: true, cell: ({ bytes }) => bytesText(bytes) },
  { title: 'Changed', isShort: true, cell: ({ changedTime }) => <TimeText iso={changedTime} isRelative /> },
  { title: 'Age', cell: ({ isOld, ageDays }) => <Age isOld={isOld} days={ageDays} /> },
  { title: 'From', cell: ({ publisher }) => publisher ?? 'a file of yours' },
];

/** What addresses are known by: files, how old they are, and how to renew them. */
export function DataFilesTab() {
  return <Loaded query={useDataFiles()}>{(files) => <Files files={files} />}</Loaded>;
}

function Files({ files: { items, missing, attributions, notes } }: { files: DataFiles }) {
  const styles = useStyles();
  return (
    <TabBody lead="Addresses are looked up in files on this server; nobody is asked. They age, since addresses change hands. This fetches new ones:">
      <CopyLine text="vedette data update" what="the command" />
      {notes.map((note) => (
        <MessageBar key={note} intent="warning" layout="multiline">
          <MessageBarBody>{note}</MessageBarBody>
        </MessageBar>
      ))}
      {items.length === 0 ? (
        <Nothing title="No data files of your own">Places and networks come with Vedette, as of its release.</Nothing>
      ) : (
        <ListTable label="Data files" columns={COLUMNS} rows={items} keyOf={({ kind, name }) => `${kind} ${name}`} />
      )}
      {missing.length > 0 && (
        <Text>
          No file of your own for: {missing.map((kind) => `${KINDS[kind].label} (${KINDS[kind].tells})`).join('; ')}.
          Name one under “enrichment” in vedette.yaml, or run the command above.
        </Text>
      )}
      <ul className={styles.quiet}>
        {attributions.map((attribution) => (
          <li key={attribution}>{attribution}</li>
        ))}
      </ul>
    </TabBody>
  );
}

function Age({ isOld, days }: { isOld: boolean; days: number }) {
  const text = days < 1 ? 'Less than a day' : `${Math.round(days)} days`;
  return (
    <Badge appearance="tint" color={isOld ? 'warning' : 'success'}>
      {isOld ? `${text}, old` : text}
    </Badge>
  );
}
