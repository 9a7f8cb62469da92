import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import type { NotificationView } from '#server/notifications/contract.ts';
import { Fact } from './fact.tsx';

type Screen = 'overview' | 'mining' | 'wallet' | 'exceptions' | 'reconciliation';

/** Where one sees what the alarm is about. */
const SCREENS = {
  coin_owed_beyond_held: 'overview',
  coin_credited_beyond_mined: 'mining',
  wallet_owes_beyond_chain: 'wallet',
  suspense_unexplained: 'exceptions',
  pool_rows_left: 'reconciliation',
} as const satisfies Readonly<Record<string, Screen>>;
const PATHS = {
  overview: '/',
  mining: '/mining',
  exceptions: '/exceptions',
  reconciliation: '/reconciliation',
} as const;

type Alarm = keyof typeof SCREENS;
const isAlarm = (reason: string | null): reason is Alarm => reason !== null && reason in SCREENS;
type Comparing = Exclude<Alarm, 'suspense_unexplained' | 'pool_rows_left'>;
const isComparing = (alarm: Alarm): alarm is Comparing =>
  alarm !== 'suspense_unexplained' && alarm !== 'pool_rows_left';

/** Both figures of an alarm of the books, as they were when it was raised. */
export function ComparedFacts({ notification }: { readonly notification: NotificationView }) {
  const t = useTranslations('notifications');
  const { reason, compared, asset, amount } = notification;
  if (!isAlarm(reason) || !isComparing(reason) || !compared || !asset || !amount) return null;
  const figures = { claimed: compared.claimed, there: compared.there, missing: amount } as const;
  return (['claimed', 'there', 'missing'] as const).map((name) => (
    <Fact key={name} name={t(`booksAlarm.${reason}.${name}`)}>
      <span className="inline-flex items-center gap-2">
        <AssetChip asset={asset} />
        <Amount value={figures[name]} />
      </span>
    </Fact>
  ));
}

/** What to do about an alarm of the books, and where one sees it. */
export function BooksAlarmNext({ notification }: { readonly notification: NotificationView }) {
  const t = useTranslations('notifications');
  const { reason, subject } = notification;
  if (!isAlarm(reason)) return null;
  const screen = SCREENS[reason];
  // The subject of an alarm about a wallet is its asset and the wallet.
  const href = screen === 'wallet' ? `/wallets/${subject.id.split(' ').at(-1)}` : PATHS[screen];
  return (
    <section className="flex flex-col items-start gap-2">
      <h3 className="font-semibold">{t('booksAlarm.next')}</h3>
      <p className="m-0 text-ink-2">{t(`booksAlarm.${reason}.next`)}</p>
      <AppLink href={href} className="text-focus underline">
        {t(`booksAlarm.open.${screen}`)}
      </AppLink>
    </section>
  );
}
