import { createHash } from 'node:crypto';
import type { Settlement } from '../formats/log-groups.ts';
import type { ResolvedInputs } from '../formats/resolve-formats.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { Store } from '../store/store.ts';

const KIND = 'logFormat';
/** Ways in which one log is read; a server's prefix changes seldom. */
const MAX_SETTLEMENTS = 20;
/** Characters of a log's hash in its scope. */
const HASH_CHARACTERS = 16;

/**
 * How logs are read whose format or prefix was found out. It is kept: positions belong to it, and a log that has grown
 * might look otherwise.
 */
export interface KnownFormats {
  of: (owner: string, source: SourcePlan) => readonly Settlement[];
  remember(settled: ResolvedInputs['settled']): Promise<void>;
}

export async function openKnownFormats({ documents }: Pick<Store, 'documents'>): Promise<KnownFormats> {
  const all = await allDocuments({ documents }, KIND, '');
  const known = new Map(all.map(({ scope, body }) => [scope, body as Settlement[]]));
  return {
    of: (owner, source) => known.get(scopeOf(owner, source)) ?? [],
    async remember(settled) {
      for (const { owner, source, settlements } of settled) {
        const scope = scopeOf(owner, source);
        const before = known.get(scope) ?? [];
        const next = [...before, ...settlements.filter((one) => !before.some((other) => isSame(one, other)))];
        if (next.length > before.length) {
          const body = next.slice(-MAX_SETTLEMENTS);
          known.set(scope, body);
          await documents.put({ kind: KIND, scope, body, time: Date.now() });
        }
      }
    },
  };
}

/** Another format or prefix in the configuration is another log. */
function scopeOf(owner: string, { pattern, intake, format, logLinePrefix }: SourcePlan): string {
  const name = JSON.stringify([intake?.id ?? pattern, format, logLinePrefix]);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
  return `${owner}/logs/${hash}`;
}

function isSame(a: Settlement, b: Settlement): boolean {
  return a.format === b.format && a.logLinePrefix === b.logLinePrefix;
}
