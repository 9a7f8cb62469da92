export { dropDatabase, ensureDatabase, nameOfDatabase, urlOfDatabase, withClient } from './databases.ts';
export { type OpenedDatabase, type OpenOptions, openAppDatabase, openDatabase } from './open-database.ts';
