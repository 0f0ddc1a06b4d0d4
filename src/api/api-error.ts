/** What a client did wrong, or what cannot be done: told to it as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** One word in PascalCase, as Azure's error codes. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  /** `message` is a sentence for the person who reads it: what, and what to do. */
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'ResourceNotFound', message);
}

export function badRequest(message: string, code = 'BadRequest'): ApiError {
  return new ApiError(400, code, message);
}

export function conflict(message: string): ApiError {
  return new ApiError(409, 'Conflict', message);
}
