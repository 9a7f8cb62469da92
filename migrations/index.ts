import { Migration20261101000100_create_operators } from './Migration20261101000100_create_operators.ts';
import { Migration20261101000200_create_audit } from './Migration20261101000200_create_audit.ts';
import { Migration20261101000300_create_ledger } from './Migration20261101000300_create_ledger.ts';
import { Migration20261101000400_create_withdrawals } from './Migration20261101000400_create_withdrawals.ts';
import { Migration20261101000500_create_wallets } from './Migration20261101000500_create_wallets.ts';
import { Migration20261101000600_create_mining } from './Migration20261101000600_create_mining.ts';
import { Migration20261101000700_create_job_queue } from './Migration20261101000700_create_job_queue.ts';
import { Migration20261101000800_tie_entries_to_their_transaction } from './Migration20261101000800_tie_entries_to_their_transaction.ts';
import { Migration20261124000010_create_dual_control } from './Migration20261124000010_create_dual_control.ts';
import { Migration20261124000020_extend_books } from './Migration20261124000020_extend_books.ts';
import { Migration20261124000021_guard_movements } from './Migration20261124000021_guard_movements.ts';
import { Migration20261124000022_measure_handovers } from './Migration20261124000022_measure_handovers.ts';
import { Migration20261124000023_find_reversals } from './Migration20261124000023_find_reversals.ts';
import { Migration20261124000030_create_notification_events } from './Migration20261124000030_create_notification_events.ts';
import { Migration20261124000031_create_notification_deliveries } from './Migration20261124000031_create_notification_deliveries.ts';
import { Migration20261124000040_create_freezes } from './Migration20261124000040_create_freezes.ts';
import { Migration20261124000041_watch_workers_and_providers } from './Migration20261124000041_watch_workers_and_providers.ts';
import { Migration20261124000042_create_re_encrypt_queue } from './Migration20261124000042_create_re_encrypt_queue.ts';
import { Migration20261124000050_extend_payouts } from './Migration20261124000050_extend_payouts.ts';
import { Migration20261124000060_store_callbacks } from './Migration20261124000060_store_callbacks.ts';
import { Migration20261124000061_observe_wallets } from './Migration20261124000061_observe_wallets.ts';
import { Migration20261124000070_create_pool_history } from './Migration20261124000070_create_pool_history.ts';
import { Migration20261124000071_keep_fees_of_claims } from './Migration20261124000071_keep_fees_of_claims.ts';
import { Migration20261124000080_name_who_edited } from './Migration20261124000080_name_who_edited.ts';
import { Migration20261124000081_create_hold_queue } from './Migration20261124000081_create_hold_queue.ts';
import { Migration20261124000090_create_rearm_queue } from './Migration20261124000090_create_rearm_queue.ts';
import { Migration20261124000100_create_key_rotations } from './Migration20261124000100_create_key_rotations.ts';
import { Migration20261124000110_guard_write_offs } from './Migration20261124000110_guard_write_offs.ts';
import { Migration20261124000111_follow_late_without_posting } from './Migration20261124000111_follow_late_without_posting.ts';
import { Migration20261124000120_create_reconciliation } from './Migration20261124000120_create_reconciliation.ts';
import { Migration20261124000140_create_second_factors } from './Migration20261124000140_create_second_factors.ts';
import { Migration20261124000141_create_step_ups } from './Migration20261124000141_create_step_ups.ts';
import { Migration20261124000200_bound_what_is_sent } from './Migration20261124000200_bound_what_is_sent.ts';
import { Migration20261124000201_look_at_alarms_and_forget } from './Migration20261124000201_look_at_alarms_and_forget.ts';
import { Migration20261124000220_remember_devices } from './Migration20261124000220_remember_devices.ts';
import { Migration20261124000221_sign_in_with_passkeys } from './Migration20261124000221_sign_in_with_passkeys.ts';
import { Migration20261124000222_see_sessions } from './Migration20261124000222_see_sessions.ts';
import { Migration20261124000223_invite_operators } from './Migration20261124000223_invite_operators.ts';
import { Migration20261124000240_create_policies } from './Migration20261124000240_create_policies.ts';
import { Migration20261124000260_record_risk_findings } from './Migration20261124000260_record_risk_findings.ts';
import { Migration20261124000261_create_allow_list } from './Migration20261124000261_create_allow_list.ts';
import { Migration20261124000262_screen_addresses } from './Migration20261124000262_screen_addresses.ts';
import { Migration20261124000280_chain_audit } from './Migration20261124000280_chain_audit.ts';
import { Migration20261124000281_find_refusals } from './Migration20261124000281_find_refusals.ts';
import { Migration20261124000300_rotate_api_keys } from './Migration20261124000300_rotate_api_keys.ts';
import { Migration20261124000301_one_human_one_vote } from './Migration20261124000301_one_human_one_vote.ts';
import { Migration20261124000302_keep_session_tokens } from './Migration20261124000302_keep_session_tokens.ts';
import { Migration20261124000400_find_actions } from './Migration20261124000400_find_actions.ts';
import { Migration20261124000420_screen_revisions } from './Migration20261124000420_screen_revisions.ts';
import { Migration20261124000421_tell_of_key_ends } from './Migration20261124000421_tell_of_key_ends.ts';
import { Migration20261124000440_bound_value_of_hour } from './Migration20261124000440_bound_value_of_hour.ts';
import { Migration20261124000441_know_a_wallet_once } from './Migration20261124000441_know_a_wallet_once.ts';
import { Migration20261124000480_delegate_approvals } from './Migration20261124000480_delegate_approvals.ts';
import { Migration20261124000490_find_recent_callbacks } from './Migration20261124000490_find_recent_callbacks.ts';
import { Migration20261124000500_wait_for_newcomers } from './Migration20261124000500_wait_for_newcomers.ts';
import { Migration20261124000501_say_why_to_lift } from './Migration20261124000501_say_why_to_lift.ts';
import { Migration20261124000520_keep_what_alarms_compare } from './Migration20261124000520_keep_what_alarms_compare.ts';
import { Migration20261124000521_count_known_rows } from './Migration20261124000521_count_known_rows.ts';
import { Migration20261124000540_ask_after_the_wait } from './Migration20261124000540_ask_after_the_wait.ts';
import { Migration20261124000541_void_what_others_proposed } from './Migration20261124000541_void_what_others_proposed.ts';
import { Migration20261124000560_name_refusals_with_reference } from './Migration20261124000560_name_refusals_with_reference.ts';
import { Migration20261124000561_end_with_nothing_open } from './Migration20261124000561_end_with_nothing_open.ts';
import { Migration20261124000570_learn_fee_modes } from './Migration20261124000570_learn_fee_modes.ts';
import { Migration20261124000571_look_once_in_turn } from './Migration20261124000571_look_once_in_turn.ts';
import { Migration20261124000580_book_company_deposits } from './Migration20261124000580_book_company_deposits.ts';
import { Migration20261124000590_use_late_keys } from './Migration20261124000590_use_late_keys.ts';
import { Migration20261124000600_bind_tiers_to_revisions } from './Migration20261124000600_bind_tiers_to_revisions.ts';
import { Migration20261124000620_name_changes_past_the_console } from './Migration20261124000620_name_changes_past_the_console.ts';
import { Migration20261124000621_create_funded_queue } from './Migration20261124000621_create_funded_queue.ts';
import { Migration20261124000630_follow_attempts } from './Migration20261124000630_follow_attempts.ts';
import { Migration20261124000650_list_unknown_words } from './Migration20261124000650_list_unknown_words.ts';
import { Migration20261124000651_count_fees_of_what_is_sent } from './Migration20261124000651_count_fees_of_what_is_sent.ts';
import { Migration20261124000652_find_closed_incidents } from './Migration20261124000652_find_closed_incidents.ts';
import { Migration20261124000670_guard_contents } from './Migration20261124000670_guard_contents.ts';
import { Migration20261124000680_end_notifications_by_themselves } from './Migration20261124000680_end_notifications_by_themselves.ts';

/** In the order they run. A migration is never edited after it has landed: the next one mends it. */
export const migrations = [
  { name: 'Migration20261101000100_create_operators', class: Migration20261101000100_create_operators },
  { name: 'Migration20261101000200_create_audit', class: Migration20261101000200_create_audit },
  { name: 'Migration20261101000300_create_ledger', class: Migration20261101000300_create_ledger },
  { name: 'Migration20261101000400_create_withdrawals', class: Migration20261101000400_create_withdrawals },
  { name: 'Migration20261101000500_create_wallets', class: Migration20261101000500_create_wallets },
  { name: 'Migration20261101000600_create_mining', class: Migration20261101000600_create_mining },
  { name: 'Migration20261101000700_create_job_queue', class: Migration20261101000700_create_job_queue },
  {
    name: 'Migration20261101000800_tie_entries_to_their_transaction',
    class: Migration20261101000800_tie_entries_to_their_transaction,
  },
  { name: 'Migration20261124000010_create_dual_control', class: Migration20261124000010_create_dual_control },
  { name: 'Migration20261124000020_extend_books', class: Migration20261124000020_extend_books },
  { name: 'Migration20261124000021_guard_movements', class: Migration20261124000021_guard_movements },
  { name: 'Migration20261124000022_measure_handovers', class: Migration20261124000022_measure_handovers },
  { name: 'Migration20261124000023_find_reversals', class: Migration20261124000023_find_reversals },
  {
    name: 'Migration20261124000030_create_notification_events',
    class: Migration20261124000030_create_notification_events,
  },
  {
    name: 'Migration20261124000031_create_notification_deliveries',
    class: Migration20261124000031_create_notification_deliveries,
  },
  { name: 'Migration20261124000040_create_freezes', class: Migration20261124000040_create_freezes },
  {
    name: 'Migration20261124000041_watch_workers_and_providers',
    class: Migration20261124000041_watch_workers_and_providers,
  },
  { name: 'Migration20261124000042_create_re_encrypt_queue', class: Migration20261124000042_create_re_encrypt_queue },
  { name: 'Migration20261124000050_extend_payouts', class: Migration20261124000050_extend_payouts },
  { name: 'Migration20261124000060_store_callbacks', class: Migration20261124000060_store_callbacks },
  { name: 'Migration20261124000061_observe_wallets', class: Migration20261124000061_observe_wallets },
  {
    name: 'Migration20261124000070_create_pool_history',
    class: Migration20261124000070_create_pool_history,
  },
  { name: 'Migration20261124000071_keep_fees_of_claims', class: Migration20261124000071_keep_fees_of_claims },
  { name: 'Migration20261124000080_name_who_edited', class: Migration20261124000080_name_who_edited },
  { name: 'Migration20261124000081_create_hold_queue', class: Migration20261124000081_create_hold_queue },
  { name: 'Migration20261124000090_create_rearm_queue', class: Migration20261124000090_create_rearm_queue },
  { name: 'Migration20261124000100_create_key_rotations', class: Migration20261124000100_create_key_rotations },
  { name: 'Migration20261124000110_guard_write_offs', class: Migration20261124000110_guard_write_offs },
  {
    name: 'Migration20261124000111_follow_late_without_posting',
    class: Migration20261124000111_follow_late_without_posting,
  },
  { name: 'Migration20261124000120_create_reconciliation', class: Migration20261124000120_create_reconciliation },
  { name: 'Migration20261124000140_create_second_factors', class: Migration20261124000140_create_second_factors },
  { name: 'Migration20261124000141_create_step_ups', class: Migration20261124000141_create_step_ups },
  { name: 'Migration20261124000200_bound_what_is_sent', class: Migration20261124000200_bound_what_is_sent },
  {
    name: 'Migration20261124000201_look_at_alarms_and_forget',
    class: Migration20261124000201_look_at_alarms_and_forget,
  },
  { name: 'Migration20261124000220_remember_devices', class: Migration20261124000220_remember_devices },
  {
    name: 'Migration20261124000221_sign_in_with_passkeys',
    class: Migration20261124000221_sign_in_with_passkeys,
  },
  { name: 'Migration20261124000222_see_sessions', class: Migration20261124000222_see_sessions },
  { name: 'Migration20261124000223_invite_operators', class: Migration20261124000223_invite_operators },
  { name: 'Migration20261124000240_create_policies', class: Migration20261124000240_create_policies },
  { name: 'Migration20261124000260_record_risk_findings', class: Migration20261124000260_record_risk_findings },
  { name: 'Migration20261124000261_create_allow_list', class: Migration20261124000261_create_allow_list },
  { name: 'Migration20261124000262_screen_addresses', class: Migration20261124000262_screen_addresses },
  { name: 'Migration20261124000280_chain_audit', class: Migration20261124000280_chain_audit },
  { name: 'Migration20261124000281_find_refusals', class: Migration20261124000281_find_refusals },
  { name: 'Migration20261124000300_rotate_api_keys', class: Migration20261124000300_rotate_api_keys },
  { name: 'Migration20261124000301_one_human_one_vote', class: Migration20261124000301_one_human_one_vote },
  { name: 'Migration20261124000302_keep_session_tokens', class: Migration20261124000302_keep_session_tokens },
  { name: 'Migration20261124000400_find_actions', class: Migration20261124000400_find_actions },
  { name: 'Migration20261124000420_screen_revisions', class: Migration20261124000420_screen_revisions },
  { name: 'Migration20261124000421_tell_of_key_ends', class: Migration20261124000421_tell_of_key_ends },
  { name: 'Migration20261124000440_bound_value_of_hour', class: Migration20261124000440_bound_value_of_hour },
  { name: 'Migration20261124000441_know_a_wallet_once', class: Migration20261124000441_know_a_wallet_once },
  { name: 'Migration20261124000480_delegate_approvals', class: Migration20261124000480_delegate_approvals },
  { name: 'Migration20261124000490_find_recent_callbacks', class: Migration20261124000490_find_recent_callbacks },
  { name: 'Migration20261124000500_wait_for_newcomers', class: Migration20261124000500_wait_for_newcomers },
  { name: 'Migration20261124000501_say_why_to_lift', class: Migration20261124000501_say_why_to_lift },
  { name: 'Migration20261124000520_keep_what_alarms_compare', class: Migration20261124000520_keep_what_alarms_compare },
  { name: 'Migration20261124000521_count_known_rows', class: Migration20261124000521_count_known_rows },
  { name: 'Migration20261124000540_ask_after_the_wait', class: Migration20261124000540_ask_after_the_wait },
  {
    name: 'Migration20261124000541_void_what_others_proposed',
    class: Migration20261124000541_void_what_others_proposed,
  },
  {
    name: 'Migration20261124000560_name_refusals_with_reference',
    class: Migration20261124000560_name_refusals_with_reference,
  },
  { name: 'Migration20261124000561_end_with_nothing_open', class: Migration20261124000561_end_with_nothing_open },
  { name: 'Migration20261124000570_learn_fee_modes', class: Migration20261124000570_learn_fee_modes },
  { name: 'Migration20261124000571_look_once_in_turn', class: Migration20261124000571_look_once_in_turn },
  { name: 'Migration20261124000580_book_company_deposits', class: Migration20261124000580_book_company_deposits },
  { name: 'Migration20261124000590_use_late_keys', class: Migration20261124000590_use_late_keys },
  { name: 'Migration20261124000600_bind_tiers_to_revisions', class: Migration20261124000600_bind_tiers_to_revisions },
  {
    name: 'Migration20261124000620_name_changes_past_the_console',
    class: Migration20261124000620_name_changes_past_the_console,
  },
  { name: 'Migration20261124000621_create_funded_queue', class: Migration20261124000621_create_funded_queue },
  { name: 'Migration20261124000630_follow_attempts', class: Migration20261124000630_follow_attempts },
  { name: 'Migration20261124000650_list_unknown_words', class: Migration20261124000650_list_unknown_words },
  {
    name: 'Migration20261124000651_count_fees_of_what_is_sent',
    class: Migration20261124000651_count_fees_of_what_is_sent,
  },
  { name: 'Migration20261124000652_find_closed_incidents', class: Migration20261124000652_find_closed_incidents },
  { name: 'Migration20261124000670_guard_contents', class: Migration20261124000670_guard_contents },
  {
    name: 'Migration20261124000680_end_notifications_by_themselves',
    class: Migration20261124000680_end_notifications_by_themselves,
  },
];
