import { describe, expect, it } from 'vitest';
import { bundlesOfStreams, chainsOfLog } from './file-chains.ts';

const azureFile = (category: string, resource: string, hour: number) =>
  `/x/insights-logs-${category}/resourceId=/SUBSCRIPTIONS/1/${resource}/y=2026/m=11/d=21/h=${hour}/m=00/PT1H.json`;
const filesOf = (chains: readonly { files: readonly string[] }[]) => chains.map(({ files }) => files);

describe('a log', () => {
  it('is one chain', () => {
    const log = { format: 'csvlog', files: ['/x/a.csv', '/x/b.csv.gz'] };

    expect(chainsOfLog(log)).toEqual([log]);
  });

  it('that Azure exported has a chain for each category', () => {
    const [a, b, c] = [azureFile('requests', 'A', 10), azureFile('requests', 'A', 11), azureFile('queries', 'A', 10)];

    expect(filesOf(chainsOfLog({ format: 'azure', files: [a, b, c] }))).toEqual([[a, b], [c]]);
  });
});

describe('streams', () => {
  it('have a bundle for each resource that paths name, over all of them', () => {
    const [a10, a11, b10] = [
      azureFile('requests', 'A', 10),
      azureFile('requests', 'A', 11),
      azureFile('requests', 'B', 10),
    ];
    const queries = azureFile('queries', 'a', 10);
    const bundles = bundlesOfStreams([
      { format: 'azure', files: [a10, a11, b10], timezone: 'UTC' },
      { format: 'azure', files: [queries] },
    ]);

    expect(bundles.map(filesOf)).toEqual([[[a10, a11], [queries]], [[b10]]]);
    expect(bundles[0]![0]).toMatchObject({ timezone: 'UTC' });
  });

  it('of unknown files read few of them side by side, many by their names without digits', () => {
    const few = Array.from({ length: 32 }, (_, i) => `/x/${i}.json`);
    const many = Array.from({ length: 40 }, (_, i) => [`/x/requests-${i}.json.gz`, `/x/queries-${i}.json`]).flat();

    expect(bundlesOfStreams([{ format: 'azure', files: few }])[0]).toHaveLength(32);
    expect(filesOf(bundlesOfStreams([{ format: 'azure', files: many }])[0]!)).toEqual([
      many.filter((file) => file.includes('requests')),
      many.filter((file) => file.includes('queries')),
    ]);
  });

  it('of very many unlike names are read one after another', () => {
    const files = Array.from(
      { length: 40 },
      (_, i) => `/x/${'abcdefghij'[i % 10]!.repeat(1 + Math.floor(i / 10))}.json`,
    );

    expect(filesOf(bundlesOfStreams([{ format: 'azure', files }])[0]!)).toEqual([files]);
  });
});
