let loaded: Promise<ReadonlySet<string>> | undefined;

/** The list of what people choose, fifty thousand of them; read when the first password is set and never before. */
export const commonPasswords = (): Promise<ReadonlySet<string>> => {
  loaded ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...dictionary['passwords-common']].map((each) => String(each).toLowerCase())),
  );
  return loaded;
};
