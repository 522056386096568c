import { useEffect, useState } from 'react';

/** What stands behind `#` in the address; nothing on the server and at the first render. */
export function useHash(): string | undefined {
  const [hash, setHash] = useState<string>();
  useEffect(() => {
    const read = () => setHash(window.location.hash.slice(1) || undefined);
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return hash;
}
