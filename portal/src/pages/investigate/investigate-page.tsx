import { useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { ActivitiesTab } from './activities-tab.tsx';

/** What happened: searched, counted, compared. */
export function InvestigatePage() {
  const search = useSearch({ from: '/shell/investigate' });
  const navigate = useNavigate({ from: '/investigate' });
  return (
    <Page title="Investigate" lead="Everything that was judged, as it happened.">
      <ActivitiesTab search={search} onChange={(next) => void navigate({ search: next })} />
    </Page>
  );
}
