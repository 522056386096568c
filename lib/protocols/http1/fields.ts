/** One field line (RFC 9110 §5). Names keep their case for showing; they are compared without it. */
export type HeaderField = { readonly name: string; readonly value: string };

/** Whether two field names are the same one (RFC 9110 §5.1). */
export function isSameName(name: string, lowerCaseName: string): boolean {
  return name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName;
}

/** The values of all lines with this name, in order. */
export function fieldLines(fields: readonly HeaderField[], lowerCaseName: string): string[] {
  const values: string[] = [];
  for (const field of fields) if (isSameName(field.name, lowerCaseName)) values.push(field.value);
  return values;
}

/** The first line with this name, or undefined. */
export function findField(fields: readonly HeaderField[], lowerCaseName: string): string | undefined {
  for (const field of fields) if (isSameName(field.name, lowerCaseName)) return field.value;
  return undefined;
}

/** The combined field value: all lines joined with ", " (RFC 9110 §5.2); undefined when there is none. */
export function combinedField(fields: readonly HeaderField[], lowerCaseName: string): string | undefined {
  let combined: string | undefined;
  for (const { name, value } of fields) {
    if (isSameName(name, lowerCaseName)) combined = combined === undefined ? value : `${combined}, ${value}`;
  }
  return combined;
}

/** The fields without those of these names (lower case). */
export function withoutFields(
  fields: readonly HeaderField[],
  lowerCaseNames: ReadonlySet<string>,
): HeaderField[] {
  return fields.filter(({ name }) => !lowerCaseNames.has(name.toLowerCase()));
}

/** The fields with every line of that name replaced by one. */
export function withField(fields: readonly HeaderField[], name: string, value: string): HeaderField[] {
  return [...withoutFields(fields, new Set([name.toLowerCase()])), { name, value }];
}
