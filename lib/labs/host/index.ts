export { LabHost } from './lab-host';
export type { LabEvent } from './lab-event';
export type { LabAddresses } from './share';
