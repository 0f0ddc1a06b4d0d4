/** What the server refused, in its own words. */
export class Problem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Under which the server's log tells more. */
  readonly id: string | undefined;

  constructor(status: number, message: string, id?: string) {
    super(message);
    this.status = status;
    this.id = id;
  }
}
