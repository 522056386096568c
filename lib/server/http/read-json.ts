import type { z } from 'zod';
import { AppError } from '../errors';

export const MAX_BODY_BYTES = 256 * 1024;

/** The body as the schema describes it. The size is counted as it comes: Content-Length may be absent or untrue. */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  let value: unknown;
  const text = await readText(request);
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('request.not_json');
  }
  return parseOrRefuse(schema, value);
}

/** Checks `value`, naming the first field that is wrong. */
export function parseOrRefuse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  // For a key too many, zod names the object; the key is what the caller needs.
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...extra].join('.').slice(0, 200);
  throw new AppError('request.invalid', { field, message: issue?.message.slice(0, 300) ?? 'invalid' });
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) throw new AppError('request.too_large');
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new AppError('request.too_large');
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
