import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useActivityFacets } from '../../api/activities.ts';
import { useAlertPages } from '../../api/alerts.ts';
import { Loaded } from '../../components/message.tsx';
import { countryName } from '../investigate/field-words.ts';
import { OPEN } from './open-alerts.ts';

const WorldMap = lazy(async () => ({ default: (await import('../../components/charts/world-map.tsx')).WorldMap }));

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink } });

const DAYS = 30;
const HOUR_MS = 3_600_000;
/** Alerts that say that a place is unusual. */
const OF_PLACES = /GeoAnomaly|DataCenterAnomaly|CloudProviderAnomaly/;

/** From which countries databases are reached, and from which of them alerts speak. */
export function AccessMap() {
  const styles = useStyles();
  const [now] = useState(() => Math.ceil(Date.now() / HOUR_MS) * HOUR_MS);
  const range = { from: new Date(now - DAYS * 24 * HOUR_MS).toISOString(), to: new Date(now).toISOString() };
  const facets = useActivityFacets({ ...range, outcome: ['Success'] }, ['country']);
  const alerts = useAlertPages({ status: [...OPEN] });
  const unusual = new Set(
    (alerts.data?.pages[0]?.items ?? [])
      .filter(({ alertType, countryCode }) => countryCode !== undefined && OF_PLACES.test(alertType))
      .map(({ countryCode = '' }) => countryName(countryCode)),
  );
  return (
    <Loaded query={facets}>
      {({ items }) => {
        const seen = (items[0]?.values ?? []).flatMap(({ value }) => (value === undefined ? [] : countryName(value)));
        return (
          <>
            <Suspense fallback={<div style={{ aspectRatio: '720 / 340' }} />}>
              <WorldMap usual={seen.filter((country) => !unusual.has(country))} unusual={[...unusual]} />
            </Suspense>
            <Text size={200}>
              Successful accesses of the last {DAYS} days; unusual is what open alerts speak of. Private addresses have
              no country.{' '}
              <Link to="/investigate" search={{ last: '30d' }} className={styles.link}>
                Look at them
              </Link>
            </Text>
          </>
        );
      }}
    </Loaded>
  );
}
