export { ApiKeyService } from './api-key.service.ts';
export { OperatorService } from './operator.service.ts';
export { type PasswordSignIn, passwordSignIn, SIGN_IN_PATHS } from './password-sign-in.ts';
export { SessionReader, type SignedInOperator } from './session-reader.ts';
