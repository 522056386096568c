import type { MachinePart } from '../exchange-view/machine';

/** The upper half of RFC 9293's Figure 5, as far as this lab goes. */
export const HANDSHAKE_MACHINE: MachinePart = {
  states: {
    CLOSED: [1, 0],
    LISTEN: [1, 1],
    'SYN-RECEIVED': [0, 2],
    'SYN-SENT': [2, 2],
    ESTABLISHED: [1, 3],
  },
  edges: [
    'CLOSED>LISTEN',
    'CLOSED>SYN-SENT',
    'LISTEN>SYN-RECEIVED',
    'SYN-SENT>SYN-RECEIVED',
    'SYN-SENT>ESTABLISHED',
    'SYN-RECEIVED>ESTABLISHED',
    'SYN-RECEIVED>LISTEN',
  ],
};
