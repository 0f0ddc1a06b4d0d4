import { makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useHealth } from '../../api/health.ts';
import { useResourcePages } from '../../api/resources.ts';
import type { Resource, ResourceHealth } from '../../api/schema.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { Facts } from '../../components/facts.tsx';
import { Loaded } from '../../components/message.tsx';
import { useNow } from '../../components/use-now.ts';

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink } });

/** The least time that a principal is learned about; milliseconds. */
const LEARNING_MS = 7 * 86_400_000;
/** A log of which records came so lately is followed live; milliseconds. */
const LIVE_MS = 600_000;

/** How many resources are watched, and how soon after it happened something is known. */
export function Watch() {
  const styles = useStyles();
  const resources = useResourcePages('');
  const health = useHealth();
  const now = useNow();
  return (
    <Loaded query={health}>
      {({ items }) => (
        <>
          <Facts
            facts={[
              ...countsOf(
                resources.data?.pages.flatMap((page) => page.items) ?? [],
                resources.hasNextPage ? ' or more' : '',
                now,
              ),
              { term: 'Silent', value: `${silentOf(items)}, where a log is quieter than ever` },
              { term: 'Detection delay', value: delayWords(items, now) },
            ]}
          />
          <Link to="/health" className={styles.link}>
            How logs fare
          </Link>
        </>
      )}
    </Loaded>
  );
}

function countsOf(resources: readonly Resource[], more: string, now: number) {
  const on = resources.filter(({ protection }) => protection === 'on');
  const young = on.filter(({ firstSeenTime }) => now - Date.parse(firstSeenTime) < LEARNING_MS);
  const off = resources.length - on.length;
  return [
    { term: 'Protected', value: `${on.length}${more} ${on.length === 1 ? 'resource' : 'resources'}` },
    { term: 'Learning', value: `${young.length} that came within 7 days` },
    { term: 'Protection off', value: off === 0 ? 'none' : `${off}${more}` },
  ];
}

function silentOf(items: readonly ResourceHealth[]): number {
  return items.filter(({ notices }) => notices.some(({ kind }) => kind === 'quiet')).length;
}

/** From the event to its judgement, where records come at present. */
function delayWords(items: readonly ResourceHealth[], now: number): string {
  const lags = items
    .filter(({ lastEventTime = '' }) => now - Date.parse(lastEventTime) < LIVE_MS)
    .flatMap(({ lagMs }) => lagMs ?? [])
    .sort((a, b) => a - b);
  const [middle, longest] = [lags[Math.floor(lags.length / 2)], lags.at(-1)];
  return middle === undefined || longest === undefined
    ? 'no record of the last 10 minutes to tell it by'
    : `${told(middle)} in the middle, ${told(longest)} at most`;
}

function told(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : lengthText(ms);
}
