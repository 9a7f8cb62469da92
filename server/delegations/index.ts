export { Delegations } from './delegations.ts';
export { groupsOf, type OpenDelegation, openDelegations, standInOf } from './open-delegations.ts';
