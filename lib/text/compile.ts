import compile from 'icu-minify/compile';
import type { Messages } from './text';

/** A tree of ICU messages, as it stands in a catalogue file. */
export type MessageTree = { [key: string]: string | MessageTree };

/** Flattens and compiles a catalogue tree. For the server and the build only: the compiler is not small. */
export function compileMessages(tree: MessageTree, prefix = ''): Messages {
  const messages: Messages = {};
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix ? `${prefix}.${name}` : name;
    if (typeof value === 'string') messages[key] = compile(value);
    else Object.assign(messages, compileMessages(value, key));
  }
  return messages;
}
