import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import house from './.ci/lint/house-plugin.mjs';
import { pure, pureRooms } from './house.config.mjs';

const tests = ['**/*.test.{ts,tsx}', '**/*.spec.ts', '**/*.bench.ts', 'e2e/**'];

/** `Date.now` as an entry of no-restricted-properties. */
const member = (/** @type {string} */ name) => {
  const [object, property] = name.split('.');
  return { object, property, message: 'A pure room takes time and chance as arguments.' };
};

const everywhere = [
  {
    selector: 'TSNonNullExpression > :not(MemberExpression[computed=true]).expression',
    message: '"!" is for an index that is proven to be in range, and for nothing else.',
  },
];

export default tseslint.config(
  {
    ignores: [
      ...['node_modules/', '.next/', '.roundtrip/', 'data/', 'public/', 'next-env.d.ts', 'test-results/'],
      '**/fixtures/**',
    ],
  },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-check': false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // `list[i]!` is how a proven index is said under noUncheckedIndexedAccess; see the restricted syntax below.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/require-await': 'off',
      // Props are destructured; our objects with methods are closures.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['{app,lib}/**/*.{ts,tsx}'],
    plugins: { house },
    rules: { 'house/imports': 'error' },
  },
  {
    files: ['{app,lib}/**/*.tsx'],
    ignores: tests,
    plugins: { house },
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.strict],
    rules: {
      'house/text-from-catalogue': 'error',
      // What scrolls has to be reachable from the keyboard; axe asks for it.
      'jsx-a11y/no-noninteractive-tabindex': [
        'error',
        { roles: ['tabpanel', 'region', 'group', 'img'], tags: ['pre'] },
      ],
      // A page drawn on the server learns of the address and of storage after it is hydrated.
      'react-hooks/set-state-in-effect': 'off',
    },
  },
  {
    files: [`lib/{${pureRooms.join()}}/**/*.ts`, 'lib/labs/*/*.ts'],
    ignores: [...tests, 'lib/labs/{host,exercise,catalogue,live-peers}/**'],
    rules: {
      'no-restricted-globals': ['error', ...pure.forbiddenGlobals],
      'no-restricted-properties': ['error', ...pure.forbiddenMembers.map(member)],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
          message: 'A pure room takes the time as an argument.',
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'vitest', importNames: ['it'], message: "test('sentence of behaviour')." },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
    rules: { 'no-undef': 'off' },
  },
);
