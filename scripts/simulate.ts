import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHashDamSimulator, startMBlockSimulator } from '#server/simulators/index.ts';
import { dataFolder } from './paths.ts';
import { freePort } from './processes/free-port.ts';
import { endWithParent } from './processes/parent.ts';
import { messageOf, refuse } from './processes/refuse.ts';
import { onShutdown } from './processes/shutdown.ts';

// `npm run simulate`: both vendors on this machine. With a name, that one alone.
// Options: --hashdam-port, --mblock-port, --settle-ms, --state <folder>; keys from HASHDAM_API_KEY and MBLOCK_API_KEY.

const FIRST_PORTS = { hashdam: 4101, mblock: 4102 } as const;
type Vendor = keyof typeof FIRST_PORTS;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'hashdam-port': { type: 'string' },
    'mblock-port': { type: 'string' },
    'settle-ms': { type: 'string' },
    state: { type: 'string' },
  },
});

/** A port that was asked for is taken or refused; without one, the next free from the usual one on. */
async function portOf(vendor: Vendor): Promise<number> {
  const asked = values[`${vendor}-port`];
  return asked === undefined ? freePort(FIRST_PORTS[vendor]) : Number.parseInt(asked, 10);
}

async function optionsFor(vendor: Vendor) {
  const apiKey = process.env[vendor === 'hashdam' ? 'HASHDAM_API_KEY' : 'MBLOCK_API_KEY'];
  const settle = values['settle-ms'];
  return {
    port: await portOf(vendor),
    stateFolder: values.state ?? join(dataFolder, 'simulators'),
    ...(apiKey ? { apiKey } : {}),
    ...(settle ? { settleAfterMs: Number.parseInt(settle, 10) } : {}),
  };
}

const START = {
  hashdam: async () => startHashDamSimulator(await optionsFor('hashdam')),
  mblock: async () => {
    const simulator = await startMBlockSimulator(await optionsFor('mblock'));
    return { ...simulator, feeWalletKey: simulator.control.feeWallet().walletKey };
  },
} satisfies Record<Vendor, unknown>;

async function start(vendor: Vendor): Promise<void> {
  const simulator = await START[vendor]();
  onShutdown(() => simulator.close());
  const feeWalletKey = 'feeWalletKey' in simulator ? simulator.feeWalletKey : undefined;
  if (process.connected) process.send?.({ url: simulator.url, feeWalletKey });
  else
    console.log(
      `${vendor}: ${simulator.url}, key ${simulator.apiKey}${feeWalletKey ? `, gas wallet ${feeWalletKey}` : ''}`,
    );
}

endWithParent();
const asked = positionals.length > 0 ? positionals : Object.keys(FIRST_PORTS);
for (const vendor of asked) {
  if (vendor !== 'hashdam' && vendor !== 'mblock') refuse('usage: npm run simulate -- [hashdam|mblock]');
  await start(vendor).catch((error: unknown) => refuse(`${vendor}: ${messageOf(error)}`));
}
