import { p } from '@mikro-orm/core';

/** Column types that every table shares. An amount is text in an entity: exact, and never a JS number. */
export const column = {
  id: () => p.uuid().primary(),
  uuid: () => p.uuid(),
  text: () => p.text(),
  amount: () => p.decimal().precision(38).scale(18),
  instant: () => p.datetime().columnType('timestamptz'),
  json: <T>() => p.json<T>(),
};
