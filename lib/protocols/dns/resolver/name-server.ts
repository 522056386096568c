/** A server that may be asked: what it knows, its name if it has one, and where it is. */
export type NameServer = { zone: string; name: string; address: string };
