import { router } from '../../procedures.ts';
import { beginPasskey } from './begin-passkey.ts';
import { passkey } from './passkey.ts';

export const signInRouter = router({ beginPasskey, passkey });
