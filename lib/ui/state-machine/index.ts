/** State machines, and who is where in them. */
export { StateMachine } from './state-machine';
export type { MachineState, MachineTransition, StateMachineProps } from './props';
