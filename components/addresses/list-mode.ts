import type { AllowListRulesView } from '#server/risk/contract.ts';

type Rules = Pick<AllowListRulesView, 'modes' | 'otherwise'>;

/** What being on the list means for one asset. */
export const listMode = ({ modes, otherwise }: Rules, asset: string): Rules['otherwise'] =>
  modes.find((each) => each.asset === asset)?.mode ?? otherwise;
