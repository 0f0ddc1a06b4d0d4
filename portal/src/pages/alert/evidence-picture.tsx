import { lazy, Suspense } from 'react';
import type { AlertDetail, Evidence } from '../../api/schema.ts';
import { CompareBars } from '../../components/charts/compare-bars.tsx';
import { ScoreBar } from '../../components/charts/score-bar.tsx';
import { TimelineChart } from '../../components/charts/timeline-chart.tsx';
import { amountsOf } from './amounts-of.ts';
import { countriesOf } from './countries-of.ts';
import { DayOfAlert } from './day-of-alert.tsx';

const WorldMap = lazy(async () => ({ default: (await import('../../components/charts/world-map.tsx')).WorldMap }));

/** Alerts about how much or when: the hours at which its principal usually works tell more than a figure. */
const OF_HOURS = /DataExfiltration|GeoAnomaly|DataCenterAnomaly|CloudProviderAnomaly|HarmfulApplication/;
const OF_VOLUMES = /DataExfiltration/;

/** The picture fitted to the kind of alert: what is usual, and what was seen. */
export function EvidencePicture({ alert, evidence }: { alert: AlertDetail; evidence: Evidence }) {
  const { score, timeline } = evidence;
  const countries = countriesOf(evidence);
  const amounts = amountsOf(evidence);
  return (
    <>
      {countries !== undefined && (
        <Suspense fallback={<div style={{ aspectRatio: '720 / 340' }} />}>
          <WorldMap {...countries} />
        </Suspense>
      )}
      {timeline !== undefined && (timeline.counts.length > 1 || timeline.marks.length > 0) && (
        <TimelineChart timeline={timeline} />
      )}
      {amounts !== undefined && <CompareBars amounts={amounts} />}
      {alert.principal !== undefined && OF_HOURS.test(alert.alertType) && (
        <DayOfAlert alert={alert} principal={alert.principal} withDay={OF_VOLUMES.test(alert.alertType)} />
      )}
      {score !== undefined && score.value > score.threshold && <ScoreBar {...score} />}
    </>
  );
}
