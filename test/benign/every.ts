/** Calls something again and again, from one time up to another. */
export function every(from: number, to: number, everyMs: number, what: (time: number, n: number) => void): void {
  for (let time = from, n = 0; time < to; time += everyMs, n++) {
    what(time, n);
  }
}
