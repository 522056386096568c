import { AppError } from '@/lib/server/errors';
import { handle } from '@/lib/server/http/handle';

export const dynamic = 'force-dynamic';

/** An address that the API does not have is answered in the API's own form. */
const notFound = handle(async () => {
  throw new AppError('request.not_found');
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
