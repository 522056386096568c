import { z } from 'zod';
import { WIRE_MAX_OCTETS, WIRE_MAX_PARTS, WIRE_PEERS } from '@/lib/labs/wire';
import { encodeAnswer, fromBase64 } from '@/lib/labs/wire/json';
import { AppError } from '@/lib/server/errors';
import { handle } from '@/lib/server/http/handle';
import { readJson } from '@/lib/server/http/read-json';
import { assertOwnPage } from '@/lib/server/http/same-origin';
import { claimedLearner } from '@/lib/server/learners/session';
import { limitWire } from '@/lib/server/rate-limit';
import { talkToPeer } from '@/lib/server/wire';

export const dynamic = 'force-dynamic';

const bodySchema = z.strictObject({
  peer: z.enum(WIRE_PEERS),
  /** At most 64 kB in all. */
  parts: z.array(z.base64()).min(1).max(WIRE_MAX_PARTS),
});

/** Sends a learner's octets to one of our own peers and answers what it said. Nothing is kept. */
export const POST = handle(async (request: Request) => {
  assertOwnPage(request);
  limitWire(request, claimedLearner(request));
  const { peer, parts } = await readJson(request, bodySchema);
  const octets = parts.map(fromBase64);
  if (octets.reduce((sum, { length }) => sum + length, 0) > WIRE_MAX_OCTETS)
    throw new AppError('wire.too_long');
  return new Response(encodeAnswer(await talkToPeer(peer, octets)), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
});
