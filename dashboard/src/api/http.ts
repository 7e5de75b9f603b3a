import { problemFrom, unreachable } from './problem';

/** Gives the access token to send; `renewed` asks for another one because the last was refused. */
export type TokenSource = (renewed: boolean) => Promise<string>;

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data, or a Problem. */
export async function settle<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as T;
}

/** Sends with the token, and once more with a renewed one when the first was refused. */
export function authorized(token: TokenSource, fetcher: typeof fetch) {
  const send = async (request: Request, renewed: boolean) => {
    const copy = request.clone();
    copy.headers.set('Authorization', `Bearer ${await token(renewed)}`);
    return fetcher(copy).catch((cause: unknown) => {
      throw unreachable(cause);
    });
  };
  return async (request: Request) => {
    const response = await send(request, false);
    return response.status === 401 ? send(request, true) : response;
  };
}
