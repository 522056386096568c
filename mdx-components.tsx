import type { MDXComponents } from 'mdx/types';

/** Next wants this file; the vocabulary of a lesson is bound to its page instead (lib/lesson/components.tsx). */
export const useMDXComponents = (): MDXComponents => ({});
