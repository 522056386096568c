import { AppError } from '../errors';
import { log } from '../log';

/**
 * Wraps a route handler: what it throws becomes `{ error: { code, message, field? } }` with the code's status.
 * Anything but an AppError is our fault: it is logged, and the client hears `server.failed` and no more.
 */
export function handle<Context>(work: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      return await work(request, context);
    } catch (error) {
      return writeError(error, request);
    }
  };
}

/** A JSON answer that no cache may keep: every one of ours depends on who asks. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(body, {
    status: init.status ?? 200,
    headers: { 'cache-control': 'private, no-store', ...init.headers },
  });
}

function writeError(error: unknown, request: Request): Response {
  const known = error instanceof AppError ? error : new AppError('server.failed');
  const path = new URL(request.url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
  const fields = { code: known.code, status: known.status, method: request.method, path };
  if (known === error) log('debug', 'request.refused', fields);
  else
    log('error', 'request.failed', {
      ...fields,
      cause: error instanceof Error ? error.stack : String(error),
    });
  return json(
    {
      error: {
        code: known.code,
        message: known.message,
        ...(known.field === undefined ? {} : { field: known.field }),
      },
    },
    {
      status: known.status,
      headers: known.retryAfterS === undefined ? {} : { 'retry-after': String(known.retryAfterS) },
    },
  );
}
