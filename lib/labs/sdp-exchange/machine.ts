import type { Text } from '@/lib/text';
import type { MachineState, MachineTransition } from '@/lib/ui/state-machine';

/** RFC 8829's figure 2 without provisional answers, which browsers hardly ever send. */
const STATES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  stable: [1, 0],
  'have-local-offer': [0, 1],
  'have-remote-offer': [2, 1],
};
const EDGES = [
  { id: 'local-offer', from: 'stable', to: 'have-local-offer' },
  { id: 'remote-answer', from: 'have-local-offer', to: 'stable' },
  { id: 'remote-offer', from: 'stable', to: 'have-remote-offer' },
  { id: 'local-answer', from: 'have-remote-offer', to: 'stable' },
] as const;

export function signalingMachine(t: Text): { states: MachineState[]; transitions: MachineTransition[] } {
  return {
    states: Object.entries(STATES).map(([id, [x, y]]) => ({ id, label: id, x, y })),
    transitions: EDGES.map((edge) => ({ ...edge, label: t(`machine.${edge.id}`), bend: 26 })),
  };
}
