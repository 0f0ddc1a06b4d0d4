/** Why a request was not taken, as its sender is told. */
export class PushProblem extends Error {
  override readonly name = 'PushProblem';
  readonly statusCode: number;
  /** Seconds after which it may work. */
  readonly retryAfterS: number | undefined;

  /** @param message one sentence without a capital and a full stop: what is wrong and what to do */
  constructor(statusCode: number, message: string, retryAfterS?: number) {
    super(message);
    this.statusCode = statusCode;
    this.retryAfterS = retryAfterS;
  }
}
