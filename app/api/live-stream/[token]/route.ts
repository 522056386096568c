import { z } from 'zod';
import { AppError } from '@/lib/server/errors';
import { handle } from '@/lib/server/http/handle';
import { parseOrRefuse } from '@/lib/server/http/read-json';
import { assertOwnPage } from '@/lib/server/http/same-origin';
import { liveStreams, shownFields } from '@/lib/server/live-stream';
import { limitLiveStream } from '@/lib/server/rate-limit';

export const dynamic = 'force-dynamic';

const paramsSchema = z.object({ token: z.uuid() });
const querySchema = z.object({
  ids: z.enum(['0', '1']).default('1'),
  retry: z
    .string()
    .regex(/^\d{3,5}$/)
    .transform(Number)
    .default(2000),
});

/** No cookie is read, so that any page may look on: nothing in here is anyone's. */
const open = { 'access-control-allow-origin': '*' };
type Context = { params: Promise<{ token: string }> };

/** A stream of numbered events, made for one page by the token that it chose. */
export const GET = handle(async (request: Request, { params }: Context) => {
  assertOwnPage(request);
  const address = limitLiveStream(request);
  const { token } = parseOrRefuse(paramsSchema, await params);
  const { ids, retry } = parseOrRefuse(querySchema, Object.fromEntries(new URL(request.url).searchParams));
  const lastEventId = request.headers.get('last-event-id') ?? '';
  const asked = { token, address, lastEventId, fields: shownFields(request.headers) };
  const body = liveStreams().open(asked, { ids: ids === '1', retryMs: retry });
  if (body === 'full') throw new AppError('request.too_many', { retryAfterS: 60 });
  if (body === 'over') return new Response(null, { status: 204, headers: open });
  return new Response(body, {
    headers: {
      ...open,
      'content-type': 'text/event-stream',
      // A proxy that collects or compresses would hold events back (nginx reads the second one).
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});

/** Cuts the connection of this stream in the middle. */
export const POST = handle(async (request: Request, { params }: Context) => {
  assertOwnPage(request);
  limitLiveStream(request);
  const { token } = parseOrRefuse(paramsSchema, await params);
  const cut = liveStreams().cut(token);
  return Response.json({ cut }, { headers: { ...open, 'cache-control': 'no-store' } });
});
