import { lazy, Suspense } from 'react';
import type { Evidence } from '../../api/schema.ts';
import { CompareBars } from '../../components/charts/compare-bars.tsx';
import { ScoreBar } from '../../components/charts/score-bar.tsx';
import { TimelineChart } from '../../components/charts/timeline-chart.tsx';
import { amountsOf } from './amounts-of.ts';
import { countriesOf } from './countries-of.ts';

const WorldMap = lazy(async () => ({ default: (await import('../../components/charts/world-map.tsx')).WorldMap }));

/** The picture fitted to the kind of alert: what is usual, and what was seen. */
export function EvidencePicture({ evidence }: { evidence: Evidence }) {
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
      {timeline !== undefined && timeline.counts.length > 0 && <TimelineChart timeline={timeline} />}
      {amounts !== undefined && <CompareBars amounts={amounts} />}
      {score !== undefined && <ScoreBar {...score} />}
    </>
  );
}
