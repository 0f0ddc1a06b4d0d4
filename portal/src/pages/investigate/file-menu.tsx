import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import type { SqlFormat } from '../../api/sql.ts';
import { ErrorBar } from '../../components/message.tsx';

const FORMATS: readonly { format: SqlFormat; label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'parquet', label: 'Parquet' },
  { format: 'json', label: 'JSON' },
];

interface Props {
  file: { isPending: boolean; error: Error | null };
  isReady: boolean;
  onFile: (format: SqlFormat) => void;
}

/** The answer as a file, which may hold more rows than a page. */
export function FileMenu({ file, isReady, onFile }: Props) {
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} disabledFocusable={!isReady || file.isPending}>
            {file.isPending ? 'Preparing the file…' : 'Run, and download'}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {FORMATS.map(({ format, label }) => (
              <MenuItem key={format} onClick={() => onFile(format)}>
                {label}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {file.error !== null && <ErrorBar error={file.error} />}
    </>
  );
}
