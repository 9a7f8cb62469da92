import { describe, expect, it } from 'vitest';
import { csvLine } from './csv-text.ts';

describe('a line of a table for spreadsheets', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("https://x","y")'])('never runs %j', (text) => {
    const [first = ''] = csvLine([text]).replace(/^"/, '');
    expect(first).toBe("'");
  });

  it('keeps commas, quotes, line breaks and Korean as they are', () => {
    expect(csvLine(['a,b', '그는 "네"라고', 'one\ntwo', null, 'a-b', ''])).toBe(
      '"a,b","그는 ""네""라고","one\ntwo",,a-b,\r\n',
    );
  });
});
