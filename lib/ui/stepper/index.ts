/** Moving through a run. */
export { Stepper, type StepperProps } from './stepper';
export { handleTransportKey, type TransportState } from './transport-keys';
