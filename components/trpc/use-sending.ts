'use client';

import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Failure, type FailureCode, readFailure } from './failure.ts';

export interface Instruction<Outcome> {
  /** Resolves with what has become of it. */
  readonly send: () => Promise<Outcome>;
  /** What the server, read again after a lost answer, says of it; null when it shows nothing of it. */
  readonly arrived: () => Outcome | null | Promise<Outcome | null>;
}

interface SendingOptions<Outcome> {
  /** Reads again what the instruction may have changed; what it answers is never shown before that. */
  readonly reread: () => Promise<unknown>;
  /** Refusals that mean a colleague was quicker, and what is said then: there is nothing left to decide. */
  readonly overtaken: { readonly codes: readonly FailureCode[]; readonly outcome: Outcome };
  readonly onOutcome: (outcome: Outcome) => void;
}

/** Nobody can say by the answer whether it was done. */
const LOST: readonly FailureCode[] = ['network', 'system.outcome_unknown'];

/** Sends one instruction at a time and never shows it as taken before the server said so. */
export function useSending<Outcome>({ reread, overtaken, onOutcome }: SendingOptions<Outcome>) {
  const sending = useRef(false);
  const mutation = useMutation<void, Failure, Instruction<Outcome>>({
    mutationFn: async ({ send, arrived }) => {
      try {
        const outcome = await send();
        await reread();
        onOutcome(outcome);
      } catch (error) {
        const failure = readFailure(error);
        await reread();
        if (overtaken.codes.includes(failure.code)) return onOutcome(overtaken.outcome);
        const outcome = LOST.includes(failure.code) ? await arrived() : null;
        if (outcome === null) throw failure;
        onOutcome(outcome);
      }
    },
    onSettled: () => {
      sending.current = false;
    },
  });
  return {
    isSending: mutation.isPending,
    failure: mutation.error,
    /** The second click of a double click finds the first still under way. */
    decide: (instruction: Instruction<Outcome>) => {
      if (sending.current) return;
      sending.current = true;
      mutation.mutate(instruction);
    },
    forget: mutation.reset,
  };
}
