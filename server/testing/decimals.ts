import fc from 'fast-check';

/** Canonical decimals of every length: up to 10^18, up to 18 places. */
export const anyDecimal = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
      fc.integer({ min: 0, max: 18 }),
    )
    .map(([whole, fraction, places]) => {
      const decimals = fraction.toString().padStart(18, '0').slice(0, places).replace(/0+$/, '');
      return decimals === '' ? `${whole}` : `${whole}.${decimals}`;
    });

/** The same without zero. */
export const anyPositiveDecimal = (): fc.Arbitrary<string> => anyDecimal().filter((text) => text !== '0');
