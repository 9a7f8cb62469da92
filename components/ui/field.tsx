'use client';

import { type ComponentProps, type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { cx } from './class-names.ts';
import { useProblem } from './form.tsx';

export const controlClass =
  'min-h-9 w-full rounded-control border border-control bg-surface px-3 py-1.5 text-base text-ink aria-invalid:border-danger pointer-coarse:min-h-11';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
}

interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'data-too-long': true | undefined;
}

interface Length {
  readonly counter: string | null;
  readonly problem: string | null;
}

interface WholeFieldProps extends FieldProps {
  readonly length?: Length;
  readonly children: (ids: ControlIds) => ReactNode;
}

interface LimitProps {
  /** What the contract takes. More can be typed, which is said and not sent: a text that is cut is not what was meant. */
  readonly charsMax?: number;
}

/** A label above, a hint and what is wrong below, tied to the control for those who cannot see them. */
export function Field({ label, hint, length, children, ...rest }: WholeFieldProps) {
  const id = useId();
  const standing = useProblem(rest.problem);
  const problem = length?.problem ?? standing.problem;
  const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div role="presentation" className="flex flex-col gap-1" onInput={standing.changed}>
      <label htmlFor={id} className="font-medium text-ink-2 text-sm">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': problem ? true : undefined,
        'data-too-long': length?.problem ? true : undefined,
      })}
      {length?.counter && (
        <p className={cx('text-end text-xs tabular-nums', length.problem ? 'text-danger' : 'text-ink-3')}>
          {length.counter}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-danger text-sm">
          {problem}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & LimitProps & Omit<ComponentProps<'input'>, 'onInput'>;

export function TextField({ label, hint, problem, charsMax, className, ...rest }: TextFieldProps) {
  const { length, onInput } = useLength(charsMax, rest);
  return (
    <Field label={label} hint={hint} problem={problem} length={length}>
      {(ids) => (
        <input
          type="text"
          autoComplete="off"
          {...rest}
          {...ids}
          onInput={onInput}
          className={cx(controlClass, className)}
        />
      )}
    </Field>
  );
}

type TextAreaProps = FieldProps & LimitProps & Omit<ComponentProps<'textarea'>, 'onInput'>;

export function TextArea({ label, hint, problem, charsMax, className, ...rest }: TextAreaProps) {
  const { length, onInput } = useLength(charsMax, rest);
  return (
    <Field label={label} hint={hint} problem={problem} length={length}>
      {(ids) => <textarea rows={3} {...rest} {...ids} onInput={onInput} className={cx(controlClass, className)} />}
    </Field>
  );
}

type Holder = Pick<ComponentProps<'input'>, 'value' | 'defaultValue'>;
type Typing = FormEvent<HTMLInputElement | HTMLTextAreaElement>;

/** How long the text is, as it will be sent: shown once it comes near its limit. */
function useLength(charsMax: number | undefined, { value, defaultValue }: Holder) {
  const t = useTranslations('common');
  const [typed, setTyped] = useState(`${defaultValue ?? ''}`);
  const chars = `${value ?? typed}`.trim().length;
  const length: Length = {
    counter: charsMax !== undefined && chars * 10 >= charsMax * 9 ? `${chars}/${charsMax}` : null,
    problem:
      charsMax !== undefined && chars > charsMax ? t('tooLong', { max: charsMax, over: chars - charsMax }) : null,
  };
  return { length, onInput: ({ currentTarget }: Typing) => setTyped(currentTarget.value) };
}

export function SelectField({ label, hint, problem, children, ...rest }: FieldProps & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <select {...rest} {...ids} className={controlClass}>
          {children}
        </select>
      )}
    </Field>
  );
}
