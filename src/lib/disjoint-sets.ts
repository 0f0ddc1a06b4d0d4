/** Numbers from 0 on in sets that may be joined; union-find with halved paths. */
export interface DisjointSets {
  /** Makes one set of those of two members. */
  join(a: number, b: number): void;
  /** The least member of the set of a member. */
  leastOf(member: number): number;
}

/** At first each of `count` numbers is alone. Memory: 4 bytes a number. */
export function createDisjointSets(count: number): DisjointSets {
  const parent = Uint32Array.from({ length: count }, (_, i) => i);

  function leastOf(member: number): number {
    let least = member;
    while (parent[least] !== least) {
      parent[least] = parent[parent[least]!]!;
      least = parent[least]!;
    }
    return least;
  }

  return {
    join(a, b) {
      const [least, other] = [leastOf(a), leastOf(b)];
      parent[Math.max(least, other)] = Math.min(least, other);
    },
    leastOf,
  };
}
