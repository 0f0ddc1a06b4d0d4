import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Role } from '../api/may.ts';

/** Stands above what somebody may see and not change: which role is missing, and who can give it. */
export function ReadOnlyNote({ needs, what }: { needs: Role; what: string }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>You can look, but not change {what}.</MessageBarTitle>
        That needs the role {needs}. An Owner can give it under Settings, Users.
      </MessageBarBody>
    </MessageBar>
  );
}
