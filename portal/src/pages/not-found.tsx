import { Link } from '@tanstack/react-router';
import { Nothing } from '../components/message.tsx';

export function NotFound() {
  return (
    <Nothing title="There is no such page">
      <Link to="/">Go to the overview</Link>
    </Nothing>
  );
}
