import { router } from '../../procedures.ts';
import { open } from './open.ts';
import { people } from './people.ts';
import { withdraw } from './withdraw.ts';

export const decisionsRouter = router({ open, people, withdraw });
