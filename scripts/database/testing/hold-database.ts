import { openDatabase } from '../index.ts';

// Opens a database below the folder given and keeps it open until it is told to stop.
const [dataFolder = '', name = 'held'] = process.argv.slice(2);
const { url } = await openDatabase(name, { dataFolder, env: {} });
console.log(`ready ${url}`);
setInterval(() => undefined, 60_000);
