export { dropDatabase, ensureDatabase, urlOfDatabase, withClient } from './databases.ts';
export { forgetAppDatabase, type OpenOptions, openAppDatabase, openDatabase } from './open-database.ts';
