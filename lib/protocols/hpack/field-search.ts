import type { HeaderField } from './header-field';

type Found = { value: string; position: number };

/** Fields by name, with the positions that they were added with. */
export class FieldSearch {
  /** Oldest first: in a table most names stand once or a few times. */
  private readonly byName = new Map<string, Found[]>();

  add({ name, value }: HeaderField, position: number): void {
    const sameName = this.byName.get(name);
    if (sameName) sameName.push({ value, position });
    else this.byName.set(name, [{ value, position }]);
  }

  /** Takes back the oldest field of this name: fields leave in the order in which they came. */
  removeOldest(name: string): void {
    const sameName = this.byName.get(name);
    if (sameName && sameName.length > 1) sameName.shift();
    else this.byName.delete(name);
  }

  /** The fields of this name, oldest first; undefined if there is none. */
  ofName(name: string): readonly Found[] | undefined {
    return this.byName.get(name);
  }
}

/** The position of the newest with this value. */
export function positionOf(sameName: readonly Found[] | undefined, value: string): number | undefined {
  if (!sameName) return undefined;
  for (let i = sameName.length - 1; i >= 0; i--) {
    const found = sameName[i]!;
    if (found.value === value) return found.position;
  }
  return undefined;
}
