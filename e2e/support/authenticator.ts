import type { Page } from '@playwright/test';
import type { SoftAuthenticator } from '#server/testing/soft-authenticator.ts';
import { deviceOf } from '../../scripts/local/step-up.ts';
import { plugInPasskey } from '../../scripts/local/virtual-authenticator.ts';
import { told } from './environment.ts';
import type { Operator } from './operators.ts';

export { plugInEmpty } from '../../scripts/local/virtual-authenticator.ts';

/** The passkey that the stack registered for this operator. */
export const passkeyOf = ({ email }: Operator): SoftAuthenticator =>
  deviceOf(email, { LOCAL_PASSKEY: told('E2E_PASSKEY') }, told('E2E_BASE_URL'));

/** Puts an authenticator with the operator's passkey into the browser; it says yes by itself. */
export const plugIn = (page: Page, operator: Operator): Promise<void> =>
  plugInPasskey(page, { id: passkeyOf(operator).id, key: told('E2E_PASSKEY'), appUrl: told('E2E_BASE_URL') });
