/** Octets, their bits, and what they mean. */
export { OctetGrid, type OctetGridProps } from './octet-grid';
