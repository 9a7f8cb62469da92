'use client';

import type { FormEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { isMemberId } from '#components/ui/identifiers.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useAnnounceFound } from '#components/ui/use-announce-found.ts';
import { useSearch } from '#components/url/use-search.ts';
import { useSearchField } from '#components/url/use-search-field.ts';
import { MemberBalances } from './member-balances.tsx';
import { balanceSearch } from './search.ts';
import { Statement } from './statement.tsx';
import { useStatement } from './use-statement.ts';

export function BalancesScreen() {
  const t = useTranslations('balances');
  const [search, setSearch] = useSearch(balanceSearch);
  const { member, asset } = search;
  const { data, isPlaceholderData } = useStatement(member, search);
  const isThere = data !== undefined && !isPlaceholderData;
  useAnnounceFound(`${member} ${asset}`, isThere ? `${data.rows.length}${data.nextCursor ? '+' : ''}` : null);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} lead={t('lead')} />
      <MemberForm member={member} onChoose={(chosen) => setSearch({ member: chosen, asset: null, after: null })} />
      {isMemberId(member) && (
        <>
          <MemberBalances memberId={member} />
          <Statement memberId={member} search={search} onChange={(change) => setSearch(change)} />
        </>
      )}
    </div>
  );
}

interface MemberFormProps {
  readonly member: string | null;
  readonly onChoose: (member: string) => void;
}

/** A whole id: nobody browses through what other people own. */
function MemberForm({ member, onChoose }: MemberFormProps) {
  const t = useTranslations('balances');
  const field = useSearchField(member, isMemberId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = field.read();
    if (typed !== null) onChoose(typed);
  };
  return (
    <Form onSubmit={submit} className="flex max-w-[560px] flex-wrap items-start gap-3">
      <div className="min-w-[220px] flex-1">
        <TextField
          label={t('member')}
          name="member"
          type="search"
          charsMax={64}
          {...field.control}
          problem={field.isUnreadable ? t('memberProblem') : null}
        />
      </div>
      <Button type="submit" className="mt-[22px] min-h-9">
        {t('show')}
      </Button>
    </Form>
  );
}
