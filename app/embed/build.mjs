/**
 * Builds the embedded labs apart from the site: Preact instead of React and Next, one script a lab, and a
 * document with the first picture in it. Writes public/embed/ (hashed files) and .roundtrip/embed/<locale>/<lab>.html,
 * which app/embed/[lab]/route.ts answers with.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import tailwind from '@tailwindcss/postcss';
import { build } from 'esbuild';
import postcss from 'postcss';

const root = join(import.meta.dirname, '../..');
const assetsFolder = join(root, 'public/embed');
const documentsFolder = join(root, '.roundtrip/embed');
const fonts = ['literata-latin-wght-normal.woff2', 'jetbrains-mono-latin-wght-normal.woff2'];

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  alias: { react: 'preact/compat', 'react-dom': 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

/** An embed has no exercise (it would need an editor and a sandbox of its own), so a lab comes without: kilobytes of it. */
const withoutExercises = {
  name: 'without-exercises',
  /** @param {import('esbuild').PluginBuild} plugin */
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]lib[\\/]labs[\\/][^\\/]+[\\/]exercise\.ts$/ }, () => ({
      contents: 'export const exercise = undefined;',
    }));
  },
};

/** Script of one lab, and beside it what it fetches only when asked; answers the script's address. */
async function buildScript(lab) {
  const live = existsSync(join(root, `lib/labs/${lab}/live.tsx`))
    ? `loadLive: () => import('@/lib/labs/${lab}/live')`
    : '';
  const { metafile } = await build({
    ...shared,
    stdin: {
      contents: `import { lab } from '@/lib/labs/${lab}/lab';
        import View from '@/lib/labs/${lab}/view';
        import { mount } from '@/app/embed/_widget/mount';
        mount({ lab, View, ${live} });`,
      resolveDir: root,
      loader: 'tsx',
    },
    alias: { ...shared.alias, 'react-dom/client': 'preact/compat/client' },
    minify: true,
    target: 'es2022',
    splitting: true,
    outdir: assetsFolder,
    entryNames: `${lab}.[hash]`,
    chunkNames: 'part.[hash]',
    plugins: [withoutExercises],
    metafile: true,
  });
  const [file] =
    Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === '<stdin>') ?? [];
  return `/embed/${basename(file)}`;
}

async function buildStyle() {
  const from = join(root, 'app/embed/_widget/embed.css');
  const { css } = await postcss([tailwind({ optimize: true })]).process(await readFile(from), { from });
  return writeHashed('lab', 'css', css);
}

async function writeHashed(name, extension, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
  const file = `${name}.${hash}.${extension}`;
  await writeFile(join(assetsFolder, file), contents);
  return `/embed/${file}`;
}

/** The renderer, as a module that Node can load. */
async function loadRenderer() {
  const outfile = join(root, '.roundtrip/embed/renderer.mjs');
  await build({
    ...shared,
    entryPoints: ['app/embed/_widget/document.tsx'],
    alias: { ...shared.alias, 'react-dom/server': 'preact-render-to-string' },
    platform: 'node',
    target: 'node20',
    conditions: ['react-server'],
    packages: 'bundle',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

await rm(assetsFolder, { recursive: true, force: true });
await rm(documentsFolder, { recursive: true, force: true });
await mkdir(assetsFolder, { recursive: true });
await mkdir(documentsFolder, { recursive: true });
for (const font of fonts) await copyFile(join(root, '.roundtrip/fonts', font), join(assetsFolder, font));

const [style, { labIds, locales, renderDocument }] = await Promise.all([buildStyle(), loadRenderer()]);
for (const lab of labIds) {
  const script = await buildScript(lab);
  for (const locale of locales) {
    await mkdir(join(documentsFolder, locale), { recursive: true });
    await writeFile(
      join(documentsFolder, locale, `${lab}.html`),
      await renderDocument(lab, locale, { script, style }),
    );
  }
}
await rm(join(documentsFolder, 'renderer.mjs'));
