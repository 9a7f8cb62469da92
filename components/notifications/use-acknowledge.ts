import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useAnnounce } from '#components/ui/announcer.tsx';

/** Says for everybody that one person has seen it. The screen shows what the server has written, nothing sooner. */
export function useAcknowledge() {
  const t = useTranslations('notifications');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation(
    trpc.notifications.acknowledge.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
        announce(t('acknowledged'));
      },
    }),
  );
}
