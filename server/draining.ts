/** One flag for the process: Next compiles routes into graphs of their own, and each has a copy of this module. */
const shared = globalThis as { countersignDraining?: boolean };

/** From here on whoever distributes requests is told to send none any more; those that come are still answered. */
export function startDraining(): void {
  shared.countersignDraining = true;
}

export const isDraining = (): boolean => shared.countersignDraining === true;
