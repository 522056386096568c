/** A stretch of numbers, such as a stream's octets, divided by what became of them. */
export { WindowRibbon } from './window-ribbon';
export type { RibbonFill, RibbonPart, RibbonPointer, RibbonRow, WindowRibbonProps } from './props';
