import { addressGroups } from './address-text.ts';
import { CopyButton } from './copy-button.tsx';

interface AddressProps {
  readonly text: string;
  readonly copyLabel: string;
}

/** Cut down by the server: its middle is not here. */
export const isMasked = (text: string): boolean => text.includes('•');

/** The whole of it, in fours. The gaps are margins, so that selecting and copying gives the raw text. */
export function Address({ text, copyLabel }: AddressProps) {
  return (
    <span className="inline-flex min-w-0 items-start gap-1">
      <span className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">
        {addressGroups(text).map(({ at, group }) => (
          <span key={at} className="mr-[0.5ch] inline-block last:mr-0">
            <Breakable text={group} />
          </span>
        ))}
      </span>
      {!isMasked(text) && <CopyButton text={text} label={copyLabel} />}
    </span>
  );
}

/** Where it is too long for its line, an e-mail address goes on after its `@`. */
function Breakable({ text }: { readonly text: string }) {
  const host = text.indexOf('@') + 1;
  if (host === 0) return text;
  return (
    <>
      {text.slice(0, host)}
      <wbr />
      {text.slice(host)}
    </>
  );
}
