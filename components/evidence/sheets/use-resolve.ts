'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import type { DoneNote } from '#components/withdrawals/panel/note.ts';
import type { Decision } from '#components/withdrawals/sheets/use-decision.ts';
import type { ResolveInput } from '#server/resolution/contract.ts';

/** What an outcome is called once two people have said it. */
const settledAs = ({ outcome, payAgain }: ResolveInput): DoneNote => {
  if (outcome === 'paid') return 'resolved_paid';
  return payAgain ? 'resolved_again' : 'resolved_returned';
};

/** Proposes an outcome, or confirms it if a colleague has proposed the same: the server says which of the two it was. */
export function useResolve(): (input: ResolveInput) => Decision {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  return (input) => ({
    send: async () => {
      const { decision } = await client.withdrawals.resolve.mutate(input);
      return decision.state === 'proposed' ? 'proposed' : settledAs(input);
    },
    arrived: async ({ timeline }) => {
      const settled = timeline.some(
        ({ action, by, reason }) =>
          action.startsWith('withdrawal.resolved_') && by.id === me.id && reason === input.note,
      );
      if (settled) return settledAs(input);
      const { proposals } = await queries.fetchQuery(trpc.withdrawals.evidence.queryOptions({ id: input.id }));
      return proposals.some(({ proposedBy, note }) => proposedBy.id === me.id && note === input.note)
        ? 'proposed'
        : null;
    },
  });
}
