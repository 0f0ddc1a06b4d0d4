import { lazy, Suspense } from 'react';
import type { Evidence } from '../../api/schema.ts';
import { ScoreBar } from '../../components/charts/score-bar.tsx';
import { countriesOf } from './countries-of.ts';

const WorldMap = lazy(async () => ({ default: (await import('../../components/charts/world-map.tsx')).WorldMap }));

/** The picture fitted to the kind of alert: what is usual, and what was seen. */
export function EvidencePicture({ evidence }: { evidence: Evidence }) {
  const { score } = evidence;
  const countries = countriesOf(evidence);
  return (
    <>
      {countries !== undefined && (
        <Suspense fallback={<div style={{ aspectRatio: '720 / 340' }} />}>
          <WorldMap {...countries} />
        </Suspense>
      )}
      {score !== undefined && <ScoreBar {...score} />}
    </>
  );
}
