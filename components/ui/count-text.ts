/** Such as `120`, or `1000+` where no more were counted. */
export const countText = ({ count, exact }: { readonly count: number; readonly exact: boolean }): string =>
  exact ? `${count}` : `${count}+`;
