'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';

export type UnsettleProblem = 'choose' | 'amount';

const WHERE = ['back', 'owed'] as const;

/** Where the coins of a payment are that the provider took back. */
export function UnsettleFields({ problem }: { readonly problem: UnsettleProblem | null }) {
  const t = useTranslations('incidents');
  return (
    <>
      <Choices
        legend={t('unsettle.where')}
        className="gap-2"
        problem={problem === 'choose' ? t('unsettle.choose') : null}
      >
        {WHERE.map((each) => (
          <Choice key={each} type="radio" name="coins" value={each}>
            {t(`unsettle.${each}`)}
          </Choice>
        ))}
      </Choices>
      <TextField
        label={t('unsettle.amount')}
        hint={t('unsettle.amountHint')}
        name="back"
        inputMode="decimal"
        className="text-end"
        problem={problem === 'amount' ? t('unsettle.amountProblem') : null}
      />
    </>
  );
}
