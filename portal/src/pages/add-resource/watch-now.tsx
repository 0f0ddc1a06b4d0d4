import { Button, Text } from '@fluentui/react-components';
import type { Resource } from '../../api/schema.ts';
import { useMayAnywhere } from '../../api/session.ts';
import { type Survey, useAddResource } from '../../api/survey.ts';
import { ErrorBar } from '../../components/message.tsx';

/** What a person said of the database. */
export interface WantedLog {
  name: string;
  engine: Resource['engine'];
  path: string;
}

/** Lets the server watch the database at once, as far as it may read there. */
export function WatchNow({ survey, wanted }: { survey: Survey; wanted: WantedLog }) {
  const add = useAddResource();
  const { format = 'auto', logLinePrefix } = survey;
  const log = { path: wanted.path, format, ...(logLinePrefix !== undefined && { logLinePrefix }) };
  if (!useMayAnywhere('Security Admin')) {
    return <Text>To add it here takes the role Security Admin; an Owner can give it.</Text>;
  }
  return (
    <>
      {add.error !== null && <ErrorBar error={add.error} />}
      <div>
        <Button
          appearance="primary"
          disabledFocusable={add.isPending || add.isSuccess}
          onClick={() => add.mutate({ id: wanted.name, kind: wanted.engine, logs: [log] })}
        >
          {add.isSuccess ? 'It is watched' : 'Watch it now'}
        </Button>
      </div>
    </>
  );
}
