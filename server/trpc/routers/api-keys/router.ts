import { router } from '../../procedures.ts';
import { change } from './change.ts';
import { create } from './create.ts';
import { list } from './list.ts';
import { revoke } from './revoke.ts';
import { rotate } from './rotate.ts';

export const apiKeysRouter = router({ create, list, rotate, change, revoke });
