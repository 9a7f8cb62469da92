'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

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
}

/** A label above, a hint and what is wrong below, tied to the control for those who cannot see them. */
export function Field({ label, hint, problem, children }: FieldProps & { children: (ids: ControlIds) => ReactNode }) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-ink-2 text-sm">
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': problem ? true : undefined })}
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

export function TextField({ label, hint, problem, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => <input type="text" autoComplete="off" {...rest} {...ids} className={cx(controlClass, className)} />}
    </Field>
  );
}

export function TextArea({ label, hint, problem, className, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className={cx(controlClass, className)} />}
    </Field>
  );
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
