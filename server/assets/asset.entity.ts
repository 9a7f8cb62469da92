import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';

const schema = defineEntity({
  name: 'Asset',
  tableName: 'assets',
  properties: {
    asset: p.text().primary(),
    chain: column.text().$type<'hashdam' | 'bsc'>(),
    contract: column.text().nullable(),
    symbol: column.text(),
    scale: p.integer(),
    enabled: p.boolean(),
  },
});

export class Asset extends schema.class {}
schema.setClass(Asset);
