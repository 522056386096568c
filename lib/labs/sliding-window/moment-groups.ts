import type { EndpointName, ExchangeTrace, WindowSample } from '@/lib/protocols/tcp';
import type { WindowParams } from './lab';
import type { WindowPacket } from './run';
import { startMsOf, writesOf } from './script';

/** All that happened at one end at one time. `written` and `readOctets` are by its application. */
export type Group = {
  timeMs: number;
  endpoint: EndpointName;
  written: number;
  readOctets: number;
  arrived: WindowPacket[];
  sent: WindowPacket[];
  rules: Set<string>;
  samples: WindowSample[];
};

/** The run cut into groups, in the order of time; at equal times the sender's first. */
export function momentGroups(
  trace: ExchangeTrace,
  params: WindowParams,
  { packets, endMs }: { packets: readonly WindowPacket[]; endMs: number },
): Group[] {
  const startMs = startMsOf(params);
  const groups = new Map<string, Group>();
  const at = (timeMs: number, endpoint: EndpointName): Group => {
    const key = `${endpoint}${timeMs}`;
    let group = groups.get(key);
    if (!group) {
      group = {
        timeMs,
        endpoint,
        written: 0,
        readOctets: 0,
        arrived: [],
        sent: [],
        rules: new Set(),
        samples: [],
      };
      groups.set(key, group);
    }
    return group;
  };
  for (const { atMs, octets } of writesOf(params)) if (atMs <= endMs) at(atMs, 'client').written += octets;
  for (const packet of packets) {
    const [from, to] =
      packet.from === 'sender' ? (['client', 'server'] as const) : (['server', 'client'] as const);
    at(packet.sentMs, from).sent.push(packet);
    if (packet.arrivedMs !== null) at(packet.arrivedMs, to).arrived.push(packet);
  }
  for (const { timeMs, endpoint, rule } of trace.rules) {
    if (timeMs >= startMs) groups.get(`${endpoint}${timeMs - startMs}`)?.rules.add(rule);
  }
  for (const effect of trace.effects) {
    if (effect.type !== 'read' || effect.endpoint !== 'server') continue;
    at(effect.timeMs - startMs, 'server').readOctets += effect.data.length;
  }
  for (const sample of trace.windows) {
    if (sample.timeMs >= startMs) at(sample.timeMs - startMs, sample.endpoint).samples.push(sample);
  }
  // A rule of a quiet read was noted before its group was made.
  for (const { timeMs, endpoint, rule } of trace.rules) {
    if (rule === 'sws.receiver-hold') groups.get(`${endpoint}${timeMs - startMs}`)?.rules.add(rule);
  }
  return [...groups.values()].sort((a, b) => a.timeMs - b.timeMs || (a.endpoint < b.endpoint ? -1 : 1));
}
