'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Age } from '#components/ui/time.tsx';
import { ProposalBody } from '../proposals.tsx';
import { useEvidence } from '../use-evidence.ts';

/** While one writes a proposal a colleague may make another: then this is said here, with who and when. */
export function StandingProposal({ id }: { readonly id: string }) {
  const t = useTranslations('dual');
  const me = useMe();
  const evidence = useEvidence(id);
  const theirs = evidence.data?.proposals.find(
    ({ action, proposedBy }) => action === 'withdrawal.resolve' && proposedBy.id !== me.id,
  );
  if (!theirs) return null;
  return (
    <div role="alert">
      <Notice tone="warning" icon={TriangleAlert}>
        <p className="font-medium">
          {t('theirs', { name: theirs.proposedBy.name })} <Age at={theirs.proposedAt} />
        </p>
        <ProposalBody proposal={theirs} />
        <p className="text-sm">{t('goBack')}</p>
      </Notice>
    </div>
  );
}
