export { LabHost } from './lab-host';
export { useNear } from './use-near';
export type { LabEvent } from './lab-event';
export type { LabAddresses } from './share';
