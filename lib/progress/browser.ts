import { openIndexedDbStorage } from './indexed-db-storage';
import { createProgressStore, type ProgressStore } from './progress-store';
import { createHttpTransport } from './transport';

/** The store in a page. Touches nothing until it is started: it may be made on the server. */
export function createBrowserProgress(): ProgressStore {
  return createProgressStore({
    openStorage: () => openIndexedDbStorage(),
    transport: createHttpTransport(),
    nowMs: () => Date.now(),
    random: () => Math.random(),
    newId: randomUuid,
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    // Not on insecure origins. Without it two tabs may send the same event; the server takes it once.
    alone: (work) => ('locks' in navigator ? navigator.locks.request('roundtrip-outbox', work) : work()),
  });
}

/** Starts the store and tells it what happens to the page. The answer undoes the second. */
export function attachToPage(store: ProgressStore): () => void {
  const abort = new AbortController();
  const options = { signal: abort.signal };
  void store.start().then(() => (navigator.onLine ? undefined : store.setOnline(false)));
  addEventListener('online', () => void store.setOnline(true), options);
  addEventListener('offline', () => void store.setOnline(false), options);
  addEventListener('pagehide', () => void store.flush(), options);
  // On a phone, being hidden is the last that a page hears before it is dropped.
  const onVisibility = () => document.visibilityState === 'hidden' && void store.flush();
  document.addEventListener('visibilitychange', onVisibility, options);
  return () => abort.abort();
}

/** `crypto.randomUUID` exists on secure origins only; a course served over plain HTTP in a classroom is none. */
function randomUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const octets = crypto.getRandomValues(new Uint8Array(16));
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
