interface File {
  readonly name: string;
  readonly type: string;
  readonly parts: readonly string[];
}

/** Hands a file to the browser, which keeps it where the person keeps what they download. */
export function saveFile({ name, type, parts }: File): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser has only begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

const KEPT_MS = 60_000;
