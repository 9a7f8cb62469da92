import {
  blockProvider,
  blockWallet,
  final,
  finalForWallet,
  type RefusalList,
  type RefusalRow,
  unknown,
  waitForFunds,
} from '#server/provider-transport/index.ts';

const rpc = (detail: string): RegExp => new RegExp(`^RPCError: (?:${detail})$`);

/**
 * What a node or the chain answered, after `RPCError: `. The patterns hold for the whole message: a loose word could
 * stand in a text that means something else.
 */
const RPC_ERRORS: readonly RefusalRow[] = [
  {
    row: '13 insufficient funds',
    message: rpc(
      'insufficient funds(?: for gas \\* price \\+ value(?:: (?:address 0x[0-9a-fA-F]{40} )?have \\d+,? want \\d+)?| for transfer| for intrinsic transaction cost)?',
    ),
    verdict: waitForFunds('gas_missing'),
  },
  {
    row: '13 intrinsic gas too low',
    message: rpc('intrinsic gas too low(?:: have \\d+, want \\d+|: gas \\d+, minimum needed \\d+)?'),
    verdict: final('gas_limit_wrong'),
  },
  { row: '13 exceeds block gas limit', message: rpc('exceeds block gas limit'), verdict: final('gas_limit_wrong') },
  { row: '13 gas limit', message: rpc('gas limit'), verdict: final('gas_limit_wrong') },
  { row: '13 invalid sender', message: rpc('invalid sender'), verdict: final('sender_invalid') },
  {
    // A transaction's hash in the text means that it was sent: that one is for the receipt to tell.
    row: '13 execution reverted',
    message: rpc('execution reverted(?:: (?!.*[0-9a-fA-F]{64})[\\x20-\\x7e]{1,300})?'),
    verdict: final('execution_reverted'),
  },
  {
    row: '13 nonce too low',
    message: rpc('nonce too low(?:: [\\x20-\\x7e]{1,200})?'),
    verdict: unknown('sibling_transaction'),
  },
  { row: '13 already known', message: rpc('already known'), verdict: unknown('sibling_transaction') },
  {
    row: '13 replacement transaction underpriced',
    message: rpc('replacement transaction underpriced'),
    verdict: unknown('sibling_transaction'),
  },
  { row: '13 any other', message: /^RPCError:/, verdict: unknown('rpc_error') },
];

/** The vendor's 18 documented messages (`result` false), as they read on 2025-02-15. Any other text proves nothing. */
export const MBLOCK_REFUSALS: RefusalList = {
  version: 1,
  rows: [
    { row: '1', message: 'Not Found API Key', verdict: blockProvider('api_key_not_found') },
    { row: '2', message: 'Invalid API Key', verdict: blockProvider('api_key_invalid') },
    {
      row: '3',
      message: 'Invalid access from an unauthorized IP Address',
      verdict: blockProvider('address_not_allowed'),
    },
    { row: '4', message: 'No API Permission', verdict: blockProvider('method_not_permitted') },
    { row: '5', message: 'Invalid Wallet Key', verdict: finalForWallet('key_refused') },
    { row: '6', message: 'Unsupported token symbol', verdict: final('token_not_supported') },
    { row: '7', message: 'Transfer volume is required', verdict: final('amount_missing') },
    { row: '8', message: 'Contract address is incorrect', verdict: final('contract_incorrect') },
    // 9 and 11 answer receipt reads. As the answer to an instruction they prove nothing.
    { row: '9', message: 'Transaction Logs not found', verdict: unknown('logs_not_found') },
    // 10 (the recipient) and 14 (the wallet key) share this text. The recipient was checked before sending: it is 14.
    { row: '10, 14', message: 'Wallet address is incorrect', verdict: finalForWallet('wallet_address_incorrect') },
    { row: '11', message: 'Transaction receipt not found', verdict: unknown('receipt_not_found') },
    {
      // Sent, but not seen on the chain within 10 seconds, and its hash is not given.
      row: '12',
      message: 'Request Time out, Transaction receipt not found.',
      verdict: unknown('sent_without_receipt'),
    },
    ...RPC_ERRORS,
    { row: '15', message: 'Wallet address has expired', verdict: blockWallet('wallet_expired') },
    {
      row: '16',
      message: 'Request volume is zero or not enough balance',
      verdict: ({ amountIsZero }) => (amountIsZero ? final('amount_zero') : waitForFunds('balance_too_low')),
    },
    { row: '17', message: 'Not enough balance', verdict: waitForFunds('balance_too_low') },
    { row: '18', message: 'Invalid Configuration', verdict: blockProvider('transit_config_invalid') },
  ],
};

/** Reasons that mean "no receipt to see yet" when a receipt was asked for. */
export const NO_RECEIPT_REASONS: readonly string[] = ['logs_not_found', 'receipt_not_found'];
