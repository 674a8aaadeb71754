declare module 'japanese-holidays' {
  /** The name of the holiday at a moment, whatever the zone of the process. */
  export function isHolidayAt(moment: Date): string | undefined;
}
