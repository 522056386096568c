type Kind<E extends Error> = abstract new (...args: never[]) => E;

/** For tests: the error of this kind that `act` throws, or undefined if it throws none. Any other goes on up. */
export function caught<E extends Error>(kind: Kind<E>, act: () => unknown): E | undefined {
  try {
    act();
  } catch (error) {
    return asKind(kind, error);
  }
  return undefined;
}

/** The same of what takes time. */
export async function caughtLater<E extends Error>(
  kind: Kind<E>,
  act: () => unknown,
): Promise<E | undefined> {
  try {
    await act();
  } catch (error) {
    return asKind(kind, error);
  }
  return undefined;
}

function asKind<E extends Error>(kind: Kind<E>, error: unknown): E {
  if (error instanceof kind) return error;
  throw error;
}
