/** Whether a value is a whole number that a field of so many bits can hold. */
export function fits(value: number, bits: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** bits;
}
