/** The receiver answered, and did not take what it was sent. */
export class DeliveryError extends Error {
  /** Sending the same again can never succeed. */
  readonly isPermanent: boolean;
  /** The receiver asks to be left alone for so long, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    { isPermanent = false, retryAfterMs }: { isPermanent?: boolean; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.isPermanent = isPermanent;
    this.retryAfterMs = retryAfterMs;
  }
}
