/** What a spreadsheet needs to read the text behind it as UTF-8. */
export const CSV_BEGINS = '\uFEFF';

/** A spreadsheet would run what begins like this, also where somebody else has written it. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One record as RFC 4180 has it; what would be a formula is text. */
export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | null): string {
  const text = value ?? '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
