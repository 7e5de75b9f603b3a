/** What the API says when it refuses a request: RFC 9457, with the case's name taken from its `type`. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Names the case in kebab case, as in /problems/offer-gone; empty when the server named none. */
    readonly slug: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Reads a problem from the parsed body of a refused request; anything may stand there when a proxy answered. */
export function problemFrom(status: number, body: unknown): Problem {
  const { type, detail, title } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const slug = typeof type === 'string' ? (type.split('/problems/')[1] ?? '') : '';
  const text = [detail, title].find((value): value is string => typeof value === 'string');
  return new Problem(status, slug, text ?? `HTTP ${status}`);
}

/** Asking again would get the same answer. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Problem && [401, 403, 404, 422].includes(error.status);

/** The request was not answered at all. */
export const unreachable = (cause: unknown): Problem => new Problem(0, 'unreachable', String(cause));
