import {
  Button,
  Field,
  Input,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { BookmarkRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { AlertSearch } from './alert-search.ts';
import { type SavedView, useSavedViews } from './saved-views.ts';

const BUILT_IN: readonly SavedView[] = [
  { name: 'Waiting for somebody', search: {} },
  { name: 'Waiting and grave', search: { severity: ['High', 'Medium'] } },
  { name: 'By intrusion', search: { group: true } },
  { name: 'Resolved and dismissed', search: { status: ['Resolved', 'Dismissed'] } },
];

/** Filters under a name: those that everybody needs, and those that were saved in this browser. */
export function ViewsMenu({ search }: { search: AlertSearch }) {
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState<string>();
  const navigate = useNavigate({ from: '/alerts' });
  const current = JSON.stringify(search);
  const shown = views.find((view) => JSON.stringify(view.search) === current);
  const item = (view: SavedView) => (
    <MenuItem key={view.name} onClick={() => void navigate({ search: view.search })}>
      {view.name}
    </MenuItem>
  );
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<BookmarkRegular />}>
            Views
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {BUILT_IN.map(item)}
            {views.length > 0 && (
              <MenuGroup>
                <MenuGroupHeader>Saved in this browser</MenuGroupHeader>
                {views.map(item)}
              </MenuGroup>
            )}
            <MenuDivider />
            <MenuItem onClick={() => setName(shown?.name ?? '')}>Save this view…</MenuItem>
            {shown !== undefined && <MenuItem onClick={() => remove(shown.name)}>Forget “{shown.name}”</MenuItem>}
          </MenuList>
        </MenuPopover>
      </Menu>
      {name !== undefined && (
        <FormDialog
          title="Save this view"
          save="Save"
          isReady={name.trim() !== ''}
          isPending={false}
          error={null}
          onSave={() => {
            save({ name: name.trim(), search });
            setName(undefined);
          }}
          onClose={() => setName(undefined)}
        >
          <Field
            label="Name"
            required
            hint="It is kept in this browser. To show it to others, send the page’s address."
          >
            <Input value={name} maxLength={100} onChange={(_, { value }) => setName(value)} />
          </Field>
        </FormDialog>
      )}
    </>
  );
}
