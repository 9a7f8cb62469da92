import { payoutsIn } from '../../chaos/checker.ts';
import { journalOf } from '../../chaos/facts.ts';
import { untilQuiet } from '../../chaos/run.ts';
import { type Asked, type Measured, type Stage, tallied } from '../stage.ts';

const AT_ONCE = 50;
const TYPED = ['withdrawal.already_decided', 'withdrawal.duplicate_vote', 'withdrawal.already_dispatched'];

const approvals = ({ cast }: Stage, { id, digest }: Asked, times: number) =>
  Array.from({ length: times }, (_, at) =>
    cast.finance[at % 2 === 0 ? 0 : 1].once(
      (client) => client.withdrawals.approve.mutate({ id, digest }),
      ({ status }) => status,
    ),
  );

async function bookedOf({ sql }: Stage, id: string): Promise<Record<string, number>> {
  const rows = await sql<{ kind: string }>('select kind from ledger_transactions where withdrawal_id = $1', [id]);
  const audit = await sql<{ action: string }>('select action from audit_events where subject_id = $1', [id]);
  return { ...tallied(rows.map(({ kind }) => kind)), ...tallied(audit.map(({ action }) => action)) };
}

/** Row 2: fifty approvals of one withdrawal at once, by two people through two webs. */
export async function twoClicks(stage: Stage, times: number): Promise<Measured> {
  const said: string[] = [];
  const all: Asked[] = [];
  let wrong = 0;
  for (let at = 0; at < times; at += 1) {
    const asked = await stage.ask();
    all.push(asked);
    const endings = await Promise.all(approvals(stage, asked, AT_ONCE));
    said.push(...endings);
    const rows = await bookedOf(stage, asked.id);
    const isOnce = endings.filter((ending) => ending === 'approved').length === 1;
    const isTyped = endings.every((ending) => ending === 'approved' || TYPED.includes(ending));
    if (!isOnce || !isTyped || rows['withdrawal.approved'] !== 1 || rows['HOLD'] !== 1) wrong += 1;
  }
  await untilQuiet(stage.world);
  const paid = tallied(payoutsIn(await journalOf(stage.world.vendors)).map(({ amount }) => amount ?? ''));
  const notOnce = all.filter(({ amount }) => paid[amount] !== 1).length;
  return {
    holds: wrong === 0 && notOnce === 0,
    figures: [
      `${times} withdrawals, ${AT_ONCE} approvals each: ${JSON.stringify(tallied(said))}`,
      `${wrong} with more or less than one winner, ${notOnce} not paid exactly once`,
    ],
  };
}

/** Row 3: as many approvals as rejections and cancellations at once. */
export async function oneWinner(stage: Stage, times: number): Promise<Measured> {
  const winners: string[] = [];
  let [wrong, takenBack] = [0, 0];
  for (let at = 0; at < times; at += 1) {
    const asked = await stage.ask();
    const { id } = asked;
    const others = Array.from({ length: AT_ONCE / 2 }, (_, each) =>
      each % 2 === 0
        ? stage.cast.finance[1].once(
            (client) => client.withdrawals.reject.mutate({ id, reason: 'no' }),
            ({ status }) => status,
          )
        : stage.cast.platform.once(
            (client) => client.withdrawals.cancel.mutate({ id }),
            ({ status }) => status,
          ),
    );
    const endings = await Promise.all([...approvals(stage, asked, AT_ONCE / 2), ...others]);
    const final = endings.filter((ending) => ending === 'rejected' || ending === 'cancelled');
    const isTyped = endings.every((ending) => ['approved', 'rejected', 'cancelled', ...TYPED].includes(ending));
    const released = (await bookedOf(stage, id))['RELEASE'] ?? 0;
    // An approval may come first and be taken back before it is sent; never the other way round, and never two ends.
    if (final.length > 1 || !isTyped || released !== final.length) wrong += 1;
    if (final.length > 0 && endings.includes('approved')) takenBack += 1;
    winners.push(final[0] ?? 'approved');
  }
  return {
    holds: wrong === 0,
    figures: [
      `${times} races, won by ${JSON.stringify(tallied(winners))}, ${takenBack} of them approved before; ${wrong} with two ends or funds freed twice`,
    ],
  };
}
