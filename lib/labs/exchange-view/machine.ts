import type { TcpState } from '@/lib/protocols/tcp';
import { TCP_STATE_TRANSITIONS } from '@/lib/protocols/tcp';
import type { Text } from '@/lib/text';
import type { MachineState, MachineTransition } from '@/lib/ui/state-machine';

/** A part of RFC 9293's Figure 5: states with their column and row, and edges as `from>to`. */
export type MachinePart = {
  states: Readonly<Partial<Record<TcpState, readonly [x: number, y: number]>>>;
  edges: readonly `${TcpState}>${TcpState}`[];
};

/** The part, ready for the state-machine picture; what each edge says comes from the engine's own table. */
export function machineOf(
  part: MachinePart,
  t: Text,
): { states: MachineState[]; transitions: MachineTransition[] } {
  const states = Object.entries(part.states).map(([id, [x, y]]) => ({ id, label: id, x, y }));
  const transitions = part.edges.flatMap((id) => {
    const edge = TCP_STATE_TRANSITIONS.find(({ from, to }) => `${from}>${to}` === id);
    if (!edge) return [];
    const on = t(`labs.exchange-view.machine.on.${edge.on}`);
    const sends = t(`labs.exchange-view.machine.sends.${edge.sends}`);
    return [{ id, from: edge.from, to: edge.to, label: edge.sends === 'nothing' ? on : `${on} / ${sends}` }];
  });
  return { states, transitions };
}
