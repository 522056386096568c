/** The message catalogue on the server: read from content/, compiled once. */
import { createText } from '@/lib/text/text';
import type { Text } from '@/lib/text';
import { loadMessages } from './load-messages';

export { loadMessages, readMessageFiles } from './load-messages';

/** Says messages of a locale in server components, metadata and handlers. */
export function textOf(locale: string, prefix = ''): Text {
  return createText(loadMessages(locale), locale, prefix);
}
