type Registry = Readonly<Record<string, number>>;

/** Registries turned round, each when it is first asked: traced decoders ask for every packet. */
const turned = new WeakMap<Registry, ReadonlyMap<number, string>>();

/** The name that a registry (a table of numbers by name, as IANA keeps them) gives to a number, if it does. */
export function nameInRegistry(registry: Registry, value: number): string | undefined {
  let names = turned.get(registry);
  if (!names) {
    names = new Map(Object.entries(registry).map(([name, number]) => [number, name]));
    turned.set(registry, names);
  }
  return names.get(value);
}
