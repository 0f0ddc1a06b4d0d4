import { Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';

export function ResourcesPage() {
  return (
    <Page title="Resources">
      <Nothing title="x" />
    </Page>
  );
}
