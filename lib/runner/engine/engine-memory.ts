import { DEFAULT_LIMITS, type RunLimits } from '../report';

const PAGE_BYTES = 65_536;
/** What the module asks for at least: its stack, its tables, and some ten MB of heap. */
const INITIAL_PAGES = 256;

/**
 * The memory that a QuickJS module lives in; it cannot grow by more than the run's limit. QuickJS has a limit of its own, but
 * compiled to WebAssembly it does not learn how large what it has allocated is: only a single large piece is refused by it.
 */
export function createEngineMemory(limits: Partial<RunLimits> = {}): WebAssembly.Memory {
  const { memoryBytes = DEFAULT_LIMITS.memoryBytes } = limits;
  return new WebAssembly.Memory({
    initial: INITIAL_PAGES,
    maximum: INITIAL_PAGES + Math.ceil(memoryBytes / PAGE_BYTES),
  });
}
