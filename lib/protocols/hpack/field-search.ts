import type { HeaderField } from './header-field';

/** Finds the position of a field, or of its name, among those added; of several the one added last. */
export class FieldSearch {
  private readonly byName = new Map<string, { newest: number; byValue: Map<string, number> }>();

  add({ name, value }: HeaderField, position: number): void {
    const sameName = this.byName.get(name);
    if (!sameName) {
      this.byName.set(name, { newest: position, byValue: new Map([[value, position]]) });
      return;
    }
    sameName.newest = position;
    sameName.byValue.set(value, position);
  }

  /** Takes back the field that was added with `position`; fields leave in the order in which they came. */
  remove({ name, value }: HeaderField, position: number): void {
    const sameName = this.byName.get(name);
    // A later field may be the same: then that one is found, and stays.
    if (sameName?.byValue.get(value) === position) sameName.byValue.delete(value);
    if (sameName?.byValue.size === 0) this.byName.delete(name);
  }

  /** The position of this name with this value; undefined if there is none. */
  findField({ name, value }: HeaderField): number | undefined {
    return this.byName.get(name)?.byValue.get(value);
  }

  findName(name: string): number | undefined {
    return this.byName.get(name)?.newest;
  }
}
