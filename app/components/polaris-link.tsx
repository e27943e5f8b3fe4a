import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

interface PolarisLinkProps {
  readonly url?: string;
  readonly external?: boolean;
  readonly target?: string;
  readonly children?: ReactNode;
  readonly ref?: unknown;
  readonly [attribute: string]: unknown;
}

/** Polaris' links go through Remix' router; what lies outside opens in its own tab. */
export function PolarisLink({
  children,
  url = '',
  external,
  ref: _ref,
  target,
  ...attributes
}: PolarisLinkProps) {
  const outside = external === true || /^(?:https?:|mailto:|shopify:)/.test(url);
  if (outside || target === '_blank') {
    return (
      <a {...attributes} href={url} target={target ?? '_blank'} rel="noopener noreferrer">
        {children}
      </a>
    );
  }
  return (
    <Link {...attributes} to={url}>
      {children}
    </Link>
  );
}
