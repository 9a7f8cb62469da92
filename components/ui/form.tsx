'use client';

import {
  type ComponentProps,
  createContext,
  type FormEvent,
  type ReactNode,
  use,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { cx } from './class-names.ts';

/** How often the form was sent, and how often something in it was changed. Null outside of a form. */
const Progress = createContext<{ readonly tries: number; readonly edits: number } | null>(null);

interface FormProps extends Omit<ComponentProps<'form'>, 'ref' | 'onInput' | 'onSubmit'> {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/**
 * A form that says itself what is wrong, field by field. A text that is too long is not sent and not cut; the focus
 * goes to the first field that is wrong; what was said about a field goes as soon as that field is changed.
 */
export function Form({ onSubmit, children, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const [edits, setEdits] = useState(0);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    setTries(tries + 1);
    if (event.currentTarget.querySelector('[data-too-long]')) return event.preventDefault();
    onSubmit(event);
  };
  // By now every field that is wrong says so, whoever owns it.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return (
    <form noValidate {...rest} ref={form} onSubmit={submit} onInput={() => setEdits(edits + 1)}>
      <Progress value={{ tries, edits }}>{children}</Progress>
    </form>
  );
}

/** What is wrong with a field, until the field is changed; the next try says it again where it still is. */
export function useProblem(problem: string | null | undefined) {
  const tries = use(Progress)?.tries ?? null;
  const [changedIn, setChangedIn] = useState<number | null>(null);
  const isChanged = tries !== null && changedIn === tries;
  return { problem: isChanged ? null : problem, changed: () => setChangedIn(tries) };
}

/** Whether the form is still as it was when this was first shown: a refusal was about what stood there then. */
export function useIsUnedited(): boolean {
  const edits = use(Progress)?.edits ?? 0;
  const [atFirst] = useState(edits);
  return edits === atFirst;
}

interface ChoicesProps {
  /** What is chosen, as a heading that belongs to all of it. */
  readonly legend: string;
  readonly problem: string | null;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Whether what is chosen among these is wrong. */
const WrongChoice = createContext(false);

/** One of the choices and its name. The first that is wrong gets the focus, as any other field does. */
export function Choice({ children, ...rest }: Omit<ComponentProps<'input'>, 'className'>) {
  const isWrong = use(WrongChoice);
  return (
    <label className="flex items-start gap-2 py-1">
      <input {...rest} aria-invalid={isWrong || undefined} className="mt-0.5 size-4 shrink-0 accent-focus" />
      {children}
    </label>
  );
}

/** Boxes or buttons to choose from and, below them, what is wrong with the choice. */
export function Choices({ legend, problem, className, children }: ChoicesProps) {
  const standing = useProblem(problem);
  const problemId = useId();
  return (
    <fieldset aria-describedby={standing.problem ? problemId : undefined} className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-1 font-medium text-ink-2 text-sm">{legend}</legend>
      <div role="presentation" className={cx('flex flex-col', className)} onInput={standing.changed}>
        <WrongChoice value={Boolean(standing.problem)}>{children}</WrongChoice>
        {standing.problem && (
          <p id={problemId} role="alert" className="text-danger text-sm">
            {standing.problem}
          </p>
        )}
      </div>
    </fieldset>
  );
}
