import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link within the site. Nothing is fetched before it is asked for: a lesson's weight is its own (docs/decisions/0007). */
export function SiteLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}
