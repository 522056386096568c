import { expect, test } from 'vitest';
import { render, textOf } from '../testing/render.fixture';
import { layOutMachine, NARROW, placeStates, WIDE } from './machine-layout';
import { StateMachine } from './state-machine';

const states = ['CLOSED', 'LISTEN', 'SYN-SENT', 'ESTABLISHED'].map((id) => ({ id, label: id }));
const transitions = [
  { id: 'a', from: 'CLOSED', to: 'LISTEN', label: 'passive OPEN' },
  { id: 'b', from: 'CLOSED', to: 'SYN-SENT', label: 'active OPEN / snd SYN' },
  { id: 'c', from: 'SYN-SENT', to: 'ESTABLISHED', label: 'rcv SYN,ACK / snd ACK' },
  { id: 'd', from: 'LISTEN', to: 'LISTEN', label: 'rcv RST' },
];

test('states without places stand in rows by their distance from the first', () => {
  const placed = placeStates(states, transitions);
  expect(placed.map((p) => [p.x, p.y])).toEqual([
    [0.5, 0],
    [0, 1],
    [1, 1],
    [0.5, 2],
  ]);
});

test('given places are kept, moved so that the least is at the edge', () => {
  const at = layOutMachine(
    [
      { id: 'CLOSED', label: 'CLOSED', x: 1, y: -1 },
      { id: 'LISTEN', label: 'LISTEN', x: 2, y: 0 },
    ],
    transitions.slice(0, 1),
    WIDE,
  );
  expect(at.states[0]?.y).toBe(WIDE.padding + WIDE.nodeHeight / 2);
  expect((at.states[1]?.y ?? 0) - (at.states[0]?.y ?? 0)).toBe(WIDE.rowHeight);
});

test('every state lies inside the picture at both widths', () => {
  for (const size of [WIDE, NARROW]) {
    const layout = layOutMachine(states, transitions, size);
    for (const { x, y } of layout.states) {
      expect(x - size.nodeWidth / 2).toBeGreaterThanOrEqual(0);
      expect(x + size.nodeWidth / 2).toBeLessThanOrEqual(size.width);
      expect(y + size.nodeHeight / 2).toBeLessThanOrEqual(layout.height);
    }
  }
});

test('the words say who is where, every transition, and the steps at which it was taken', () => {
  const text = textOf(
    render(
      <StateMachine
        label="TCP"
        {...{ states, transitions }}
        current={{ client: 'SYN-SENT', server: 'LISTEN' }}
        actorLabels={{ client: 'Client', server: 'Server' }}
        taken={['a', 'b']}
      />,
    ),
  );
  expect(text).toContain('C · Client: SYN-SENT · S · Server: LISTEN');
  const table = text.slice(text.indexOf('The transitions as a table'));
  for (const transition of transitions) expect(table).toContain(transition.label);
  expect(table).toContain('active OPEN / snd SYN SYN-SENT 2');
});
