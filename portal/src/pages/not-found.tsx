import { Link } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';

export function NotFound() {
  return (
    <Page title="There is no such page" lead="Its address may be of an older version, or cut off.">
      <Link to="/">Go to the overview</Link>
    </Page>
  );
}
