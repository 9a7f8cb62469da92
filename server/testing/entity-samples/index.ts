import { books } from './books.ts';
import { decisions } from './decisions.ts';
import { mining } from './mining.ts';
import { notifications } from './notifications.ts';
import { people } from './people.ts';
import type { Sample } from './sample.ts';
import { wallets } from './wallets.ts';
import { withdrawals } from './withdrawals.ts';

export type { Sample } from './sample.ts';

export const ENTITY_SAMPLES: Readonly<Record<string, Sample>> = {
  ...people,
  ...books,
  ...withdrawals,
  ...wallets,
  ...mining,
  ...decisions,
  ...notifications,
};
