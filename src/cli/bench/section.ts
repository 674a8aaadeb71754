/** What every part of the bench gives: figures of ours beside figures of something else, measured in the same run. */

export interface BenchRow {
  readonly what: string;
  readonly ours: number;
  readonly unit: string;
  /** What it is compared with; null for a figure that stands alone. */
  readonly baseline: { readonly name: string; readonly value: number } | null;
  /** What `ours / baseline` (or `ours` alone) should be; null where none is set. */
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null;
}

export interface BenchSection {
  readonly name: string;
  readonly rows: readonly BenchRow[];
  /** What a reader has to know to judge the figures. */
  readonly notes: readonly string[];
}

/** `quick`: enough to see that everything runs, too little to judge by. */
export interface BenchOptions {
  readonly quick: boolean;
  /** How many events to send in all; null for the usual number. */
  readonly events: number | null;
}

/** The figure the target speaks of. */
export function ratioOf({ ours, baseline }: BenchRow): number {
  return baseline === null ? ours : ours / baseline.value;
}

/** Null where there is no target. */
export function isMet(row: BenchRow): boolean | null {
  const { target } = row;
  if (target === null) return null;
  const ratio = ratioOf(row);
  return 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast;
}
