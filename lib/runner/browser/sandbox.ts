/**
 * The document of the sandbox: an opaque origin with no network, whose one script starts the worker from the
 * text that the page sends and passes its messages on. It inherits the page's Content-Security-Policy too, so
 * a page's own must allow `blob:` workers and `'wasm-unsafe-eval'`.
 */
export function sandboxDocument(nonce: string): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval' blob:`,
    'worker-src blob:',
  ].join('; ');
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${SCRIPT(nonce)}</script>`;
}

const SCRIPT = (nonce: string) => `
'use strict';
let worker;
addEventListener('message', (event) => {
  if (event.source !== parent || worker || !event.data || event.data.nonce !== '${nonce}') return;
  const url = URL.createObjectURL(new Blob([event.data.worker], { type: 'text/javascript' }));
  const end = (why) => parent.postMessage({ nonce: '${nonce}', type: 'ended', report: { failed: why } }, '*');
  worker = new Worker(url);
  worker.onmessage = (message) =>
    parent.postMessage({ nonce: '${nonce}', type: message.data.type, report: message.data.report }, '*');
  worker.onerror = (error) => end(String(error.message));
  worker.postMessage({ wasm: event.data.wasm, request: event.data.request }, [event.data.wasm]);
});`;
