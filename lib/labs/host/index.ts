export { LabFrame } from './lab-frame';
export { LabPreview } from './lab-preview';
export { LabHost, StandaloneLab, useLabModule } from './lab-host';
export type { LabEvent } from './lab-event';
export type { LabAddresses } from './share';
