/**
 * For a test that this machine may be unable to run: prints the reason, as one line, and hands it on to `skipIf`.
 * With `VEDETTE_REQUIRE_ALL=1` a reason is an error: where everything must run, nothing is passed over.
 */
export function whyNot(reason: string | undefined): string | undefined {
  if (reason === undefined) {
    return undefined;
  }
  if (process.env.VEDETTE_REQUIRE_ALL === '1') {
    throw new Error(reason);
  }
  console.warn(`skipped: ${reason}`);
  return reason;
}
