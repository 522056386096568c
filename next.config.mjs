import createMDX from '@next/mdx';

const withMDX = createMDX({
  options: { remarkPlugins: ['remark-frontmatter', 'remark-gfm'] },
});

/** @type {import('next').NextConfig} */
const config = {
  pageExtensions: ['ts', 'tsx', 'mdx'],
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Our server compresses (lib/server/launch/http-server.ts), with Brotli too.
  compress: false,
};

export default withMDX(config);
