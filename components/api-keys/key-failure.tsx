'use client';

import type { Failure } from '#components/trpc/failure.ts';
import { FailureNote } from '#components/ui/failure-note.tsx';

/** The server says which field it could not read; that one speaks for itself. */
export const isAboutAddresses = ({ code, detail }: Failure): boolean =>
  code === 'input.invalid' && String(detail['field'] ?? '').startsWith('addresses');

export function KeyFailure({ failure }: { readonly failure: Failure | null }) {
  return failure && !isAboutAddresses(failure) ? <FailureNote failure={failure} /> : null;
}
