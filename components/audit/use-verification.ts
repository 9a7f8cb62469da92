import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { AuditFaultView, AuditVerifyView } from '#server/audit/contract.ts';

export interface Verification {
  readonly checked: number;
  readonly end: number;
  readonly faults: number;
  readonly firstFault: AuditFaultView | null;
  /** Absent until the last part has come. */
  readonly rest: AuditVerifyView['rest'];
}

const isLower = (next: AuditFaultView, found: AuditFaultView): boolean =>
  next.position !== null && (found.position === null || next.position < found.position);

function withPart(so: Verification | null, part: AuditVerifyView): Verification {
  const first = so?.firstFault ?? null;
  const next = part.firstFault;
  return {
    checked: part.checkedTo,
    end: part.end,
    faults: (so?.faults ?? 0) + part.faults,
    firstFault: first && (!next || !isLower(next, first)) ? first : next,
    rest: part.rest,
  };
}

/** Looks through the chain part by part and tells how far it has come; ends when the page is left. */
export function useVerification() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [state, setState] = useState<Verification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  async function start(): Promise<void> {
    setRunning(true);
    setError(null);
    setState(null);
    try {
      let so: Verification | null = null;
      while (!so?.rest && !isGone.current) {
        const options = trpc.audit.verify.queryOptions({ after: so?.checked ?? 0 }, { staleTime: 0, gcTime: 0 });
        so = withPart(so, await client.fetchQuery(options));
        setState(so);
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setRunning(false);
    }
  }

  return { state, error, isRunning, start };
}
