import { hydrateRoot } from 'react-dom/client';
import type { LabModule } from '@/lib/labs/views';
import type { Messages } from '@/lib/text';
import { EmbeddedLab } from './embedded-lab';

/** Ids of the elements that the document carries for its script. */
export const ROOT_ID = 'lab';
export const MESSAGES_ID = 'messages';

/** Takes over the picture that the server drew. */
export function mount(module: LabModule): void {
  const root = document.getElementById(ROOT_ID);
  const messages = JSON.parse(document.getElementById(MESSAGES_ID)?.textContent ?? '{}') as Messages;
  if (root)
    hydrateRoot(root, <EmbeddedLab {...module} messages={messages} locale={document.documentElement.lang} />);
}
