export { dropDatabase, ensureDatabase, urlOfDatabase, withClient } from './databases.ts';
export { type OpenOptions, openAppDatabase, openDatabase } from './open-database.ts';
