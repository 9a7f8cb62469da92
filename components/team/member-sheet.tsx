'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { TeamMemberView } from '#server/operators/contract.ts';
import { RoleField, roleIn } from './role-field.tsx';

const NO_CODES = { codes: [], outcome: null } as const;

type Action = 'changeRole' | 'resetSecondFactor' | 'disable' | 'enable';

/** What can be done about somebody as they stand. */
const actionsFor = ({ hasSecondFactor, passkeys, disabledAt }: TeamMemberView): readonly Action[] => [
  'changeRole',
  ...(hasSecondFactor || passkeys > 0 ? (['resetSecondFactor'] as const) : []),
  disabledAt ? 'enable' : 'disable',
];

interface MemberSheetProps {
  readonly member: TeamMemberView;
  readonly onClose: () => void;
}

/** What an administrator may do about a colleague, and why. All of it ends the colleague's sessions. */
export function MemberSheet({ member, onClose }: MemberSheetProps) {
  const t = useTranslations('team');
  const { operators } = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [action, setAction] = useState<Action>('changeRole');
  const { decide, forget, ...state } = useSending<null>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.operators.list.pathKey() }),
    overtaken: NO_CODES,
    onOutcome: () => {
      announce(t('done'));
      onClose();
    },
  });
  const submit = (reason: string, form: FormData) => {
    if (reason === '') return;
    const { id } = member;
    decide({
      send: async () => {
        if (action === 'changeRole') await operators.changeRole.mutate({ id, reason, role: roleIn(form) });
        else await operators[action].mutate({ id, reason });
        return null;
      },
      arrived: () => null,
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={member.name}
      look={action === 'disable' || action === 'resetSecondFactor' ? 'danger' : 'primary'}
      words={{ label: t('reason'), hint: t('reasonHint'), missing: t('reasonMissing'), confirm: t(action) }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Choices legend={t('what')} problem={null}>
        {actionsFor(member).map((each) => (
          <Choice
            key={each}
            type="radio"
            name="action"
            value={each}
            checked={each === action}
            onChange={() => {
              forget();
              setAction(each);
            }}
          >
            {t(each)}
          </Choice>
        ))}
      </Choices>
      {action === 'changeRole' && <RoleField initial={member.role} />}
      <p className="text-ink-2">{t('endsSessions')}</p>
    </ReasonSheet>
  );
}
