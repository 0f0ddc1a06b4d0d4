import type { InputPlan, Position, Source } from '../sources/source.ts';

/** What lies before these positions is committed: sources that keep copies may drop them. */
export function releaseInputs(
  inputs: readonly InputPlan[],
  positions: Readonly<Record<string, Position>>,
  sources: readonly Source[],
): void {
  for (const input of inputs) {
    const position = positions[input.id];
    if (position !== undefined) {
      sources.find(({ id }) => id === input.source)?.release?.(input, position);
    }
  }
}
