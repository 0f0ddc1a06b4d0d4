import { Combobox, Field, makeStyles, Option } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import { useResourcePages } from '../../api/resources.ts';
import type { Resource } from '../../api/schema.ts';

const useStyles = makeStyles({ root: { minWidth: 0 } });

interface Props {
  /** What is chosen already. */
  resource: Resource | undefined;
  onPick: (id: string) => void;
}

/** Chooses one of the resources, by a part of its name or id. */
export function ResourcePicker({ resource, onPick }: Props) {
  const styles = useStyles();
  const [text, setText] = useState<string>();
  const query = useResourcePages(useDeferredValue(text ?? ''));
  const found = query.data?.pages[0]?.items ?? [];
  return (
    <Field label="Resource">
      <Combobox
        className={styles.root}
        placeholder="Part of a name"
        value={text ?? resource?.name ?? ''}
        selectedOptions={resource === undefined ? [] : [resource.id]}
        onChange={({ target }) => setText(target.value)}
        onOptionSelect={(_, { optionValue }) => {
          if (optionValue !== undefined) {
            setText(undefined);
            onPick(optionValue);
          }
        }}
        onOpenChange={(_, { open }) => !open && setText(undefined)}
      >
        {found.map(({ id, name, resourceGroup }) => (
          <Option key={id} value={id} text={name}>
            {`${name} (${resourceGroup})`}
          </Option>
        ))}
        {found.length === 0 && (
          <Option value="" text="" disabled>
            No resource matches
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
