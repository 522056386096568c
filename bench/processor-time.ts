import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { type: 'minor' }) => void;

/**
 * Starts a watch; asked, it says the processor's time since, in ms, of which other programs take none. What the run before
 * left behind is swept up first: two that take turns would else sweep for one another, and always the same one. A run that is to pay
 * for its own garbage has to be longer than what the engine puts off, so some tens of milliseconds.
 */
export function startProcessorTime(): () => number {
  collectGarbage({ type: 'minor' });
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
