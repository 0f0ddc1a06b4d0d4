import { ownCountsCommand } from './commands.ts';
import type { Workload } from './compare.ts';
import type { GroupByResults } from './group-by-load.ts';
import { measure } from './measure.ts';

/** What awk prints between query, key and number: no log holds it. */
const SEPARATOR = '\x1f';

/** Groups of each query, once the reference and Vedette's parsers agree on every one of them. Throws where they differ. */
export async function verifyCounts({ name, counts, reference, file }: Workload): Promise<Record<string, number>> {
  const theirs = await resultsOf(reference.command);
  const ours = await resultsOf(ownCountsCommand(counts, file.path));
  const groups: Record<string, number> = {};
  for (const query of reference.queries ?? Object.keys(theirs)) {
    const expected = theirs[query] ?? {};
    const counted = ours[query] ?? {};
    const keys = new Set([...Object.keys(expected), ...Object.keys(counted)]);
    const wrong = [...keys].find((key) => expected[key] !== counted[key]);
    if (wrong !== undefined) {
      const [by, seen] = [JSON.stringify(wrong), counted[wrong]];
      throw new Error(
        `${name}: ${query} of ${by} is ${expected[wrong]} by ${reference.name} and ${seen} by Vedette's parser`,
      );
    }
    groups[query] = keys.size;
  }
  return groups;
}

async function resultsOf(command: readonly string[]): Promise<GroupByResults> {
  const { stdout } = await measure(command);
  return stdout.startsWith('{') ? (JSON.parse(stdout) as GroupByResults) : resultsOfLines(stdout);
}

function resultsOfLines(text: string): GroupByResults {
  const results: GroupByResults = {};
  for (const line of text.trimEnd().split('\n')) {
    const [query, key, n] = line.split(SEPARATOR);
    results[query!] ??= {};
    results[query!]![key!] = Number(n);
  }
  return results;
}
