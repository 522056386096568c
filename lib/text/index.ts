/** The message catalogue: every sentence that a person sees comes through here. */
export { createText } from './text';
export type { MessageRef, Messages, MessageValues, Text } from './text';
export { TextProvider, useText } from './context';
