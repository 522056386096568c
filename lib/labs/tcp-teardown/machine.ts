import type { MachinePart } from '../exchange-view/machine';

/** The lower half of RFC 9293's Figure 5, and as much of the upper as a second opening needs. */
export const TEARDOWN_MACHINE: MachinePart = {
  states: {
    CLOSED: [1, 5],
    LISTEN: [0, 0],
    'SYN-SENT': [2, 0],
    'SYN-RECEIVED': [1, 0],
    ESTABLISHED: [1, 1],
    'FIN-WAIT-1': [0, 2],
    'CLOSE-WAIT': [2, 2],
    CLOSING: [1, 3],
    'FIN-WAIT-2': [0, 3],
    'LAST-ACK': [2, 3],
    'TIME-WAIT': [0, 4],
  },
  edges: [
    'ESTABLISHED>FIN-WAIT-1',
    'ESTABLISHED>CLOSE-WAIT',
    'FIN-WAIT-1>FIN-WAIT-2',
    'FIN-WAIT-1>CLOSING',
    'FIN-WAIT-2>TIME-WAIT',
    'CLOSING>TIME-WAIT',
    'CLOSE-WAIT>LAST-ACK',
    'LAST-ACK>CLOSED',
    'TIME-WAIT>CLOSED',
    'ESTABLISHED>CLOSED',
    'SYN-SENT>ESTABLISHED',
    'SYN-RECEIVED>ESTABLISHED',
  ],
};
