/** A generator of numbers below 1 that gives the same for the same seed (Park and Miller). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
