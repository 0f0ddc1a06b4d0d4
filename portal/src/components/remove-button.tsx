import { Button, Text, Tooltip } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from './form-dialog.tsx';

interface Props<T> {
  /** What the button does, with what is removed: `Remove the user alex`. */
  label: string;
  /** What comes of it, in a sentence. */
  consequence: string;
  /** The one word of the button that does it. */
  verb?: string;
  subject: T;
  remove: UseMutationResult<unknown, Error, T>;
}

/** Removes something, once a person has said so twice. */
export function RemoveButton<T>({ label, consequence, verb = 'Remove', subject, remove }: Props<T>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Tooltip content={label} relationship="label">
        <Button appearance="subtle" size="small" icon={<DeleteRegular />} onClick={() => setOpen(true)} />
      </Tooltip>
      {isOpen && (
        <FormDialog
          title={`${label}?`}
          save={verb}
          isReady
          isPending={remove.isPending}
          error={remove.error}
          onSave={() => remove.mutate(subject, { onSuccess: () => setOpen(false) })}
          onClose={() => {
            remove.reset();
            setOpen(false);
          }}
        >
          <Text>{consequence}</Text>
        </FormDialog>
      )}
    </>
  );
}
