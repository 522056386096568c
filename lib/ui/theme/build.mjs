/**
 * The course's faces, cut to what it sets: its characters, weights and OpenType features. `node lib/ui/theme/build.mjs`
 * writes .roundtrip/fonts. A first visit waits for these octets before it shows text in them, and whole they are 146 kB.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import subsetFont from 'subset-font';

const root = path.resolve(import.meta.dirname, '../../..');
const packages = path.join(root, 'node_modules/@fontsource-variable');
const outDir = path.join(root, '.roundtrip/fonts');

const features = {
  literata: ['kern', 'liga', 'lnum', 'onum', 'pnum', 'tnum', 'smcp', 'c2sc'],
  // Without ligatures: `!=` and `->` are octets here, and are shown as they are sent.
  'jetbrains-mono': ['zero', 'ss01'],
};

/** Italics are set at one weight only. */
const faces = [
  { family: 'literata', file: 'latin-wght-normal', wght: { min: 400, max: 700 } },
  { family: 'literata', file: 'latin-wght-italic', wght: 400 },
  { family: 'jetbrains-mono', file: 'latin-wght-normal', wght: { min: 400, max: 700 } },
];

/** ASCII, spaces and signs that number formats use, and every character that stands in the sources of a page. */
function charactersSet() {
  const ascii = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => String.fromCodePoint(0x20 + index));
  const written = ['app', 'content', 'lib']
    .flatMap(sourcesIn)
    .flatMap((file) => [...readFileSync(file, 'utf8')]);
  return [...new Set([...ascii, '\u00a0', '\u202f', '\u2212', ...written])].join('');
}

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, folder, name))
    .filter((file) => /(?<!\.test)\.(?:css|json|mdx|tsx?|yaml)$/.test(file) && statSync(file).isFile());
}

mkdirSync(outDir, { recursive: true });
const characters = charactersSet();
for (const { family, file, wght } of faces) {
  const whole = readFileSync(path.join(packages, family, `files/${family}-${file}.woff2`));
  const cut = await subsetFont(whole, characters, {
    targetFormat: 'woff2',
    variationAxes: { wght },
    keepFeatures: features[family],
    noHinting: true,
    dropTables: ['vhea', 'vmtx'],
  });
  writeFileSync(path.join(outDir, `${family}-${file}.woff2`), cut);
}
