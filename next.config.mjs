import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';

const withMDX = createMDX({
  options: {
    // Named, not imported: the bundler hands its options to the loader as plain data.
    remarkPlugins: [
      'remark-frontmatter',
      'remark-gfm',
      fileURLToPath(new URL('./lib/server/content/remark-lesson.mjs', import.meta.url)),
    ],
  },
});

/** @type {import('next').NextConfig} */
const config = {
  pageExtensions: ['ts', 'tsx', 'mdx'],
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // `npm run typecheck` is a check of its own; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Our server compresses (lib/server/launch/http-server.ts), with Brotli too.
  compress: false,
  // The default of lib/text/locales.ts; not for ever, since there will be a choice.
  redirects: () => [{ source: '/', destination: '/en', permanent: false }],
  // The root layout stands below [locale]; an unknown address has none.
  experimental: { globalNotFound: true },
};

export default withMDX(config);
