import { transform } from 'sucrase';

/** JavaScript of the same lines as the TypeScript it came from, or where the TypeScript cannot be read. */
export type Stripped = { code: string } | { error: string; line?: number };

/**
 * Takes the types off and turns `export` into assignments to `exports`, so that a learner may write it or not.
 * Line numbers stay, so an error in what runs points at what was written.
 */
export function stripTypes(source: string): Stripped {
  try {
    const { code } = transform(source, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return { code };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const place = /\((\d+):\d+\)\s*$/.exec(message);
    const text = message.replace(/^Error transforming [^:]*: /, '').replace(/\s*\(\d+:\d+\)\s*$/, '');
    return { error: text.slice(0, 500), ...(place?.[1] && { line: Number(place[1]) }) };
  }
}
