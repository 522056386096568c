import type { DnsRecord } from './message';

/** Records for tests, kept for five minutes. */
export const base = { class: 'IN', ttl: 300 } as const;

export const a = (name: string, data: string): DnsRecord => ({ ...base, name, type: 'A', data });
export const ns = (name: string, data: string): DnsRecord => ({ ...base, name, type: 'NS', data });
export const cname = (name: string, data: string): DnsRecord => ({ ...base, name, type: 'CNAME', data });
export const soa = (name: string, minimum = 60): DnsRecord => ({
  ...base,
  name,
  type: 'SOA',
  data: { mname: `ns.${name}`, rname: `admin.${name}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum },
});
