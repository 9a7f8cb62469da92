'use client';

import type { ReactNode } from 'react';
import { ReasonSheet, type ReasonSheetProps } from '#components/ui/reason-sheet.tsx';
import { Order } from './order.tsx';
import { type Decision, type SheetProps, useDecision } from './use-decision.ts';

interface NoteSheetProps extends SheetProps, Pick<ReasonSheetProps, 'title' | 'words' | 'look'> {
  /** What will happen, and what will not. */
  readonly lead: string;
  /** Null where another field is not filled in; that field then says so. */
  readonly decisionOf: (text: string, form: FormData) => Decision | null;
  /** Other fields, above the text. */
  readonly children?: ReactNode;
}

/** A decision that has to be explained: the order once more, what comes of it, and the reason in one's own words. */
export function NoteSheet({ current, onOutcome, lead, decisionOf, children, ...sheet }: NoteSheetProps) {
  const { decide, ...state } = useDecision(current.id, onOutcome);
  const submit = (text: string, form: FormData) => {
    const decision = decisionOf(text, form);
    if (text !== '' && decision) decide(decision);
  };
  return (
    <ReasonSheet {...sheet} {...state} onSubmit={submit}>
      <Order withdrawal={current} />
      <p className="text-ink-2">{lead}</p>
      {children}
    </ReasonSheet>
  );
}
