/** To whom something goes, as it is kept: a person by reference, a channel, or the office. */

export type Recipient =
  /** A reference of the people of this workspace. */
  | { readonly kind: 'person'; readonly ref: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'office' };

export function writeRecipient(recipient: Recipient): string {
  if (recipient.kind === 'office') return 'office';
  return recipient.kind === 'person' ? `person:${recipient.ref}` : `channel:${recipient.channel}`;
}

/** Reads what `writeRecipient` wrote; null for anything else. */
export function readRecipient(text: string): Recipient | null {
  if (text === 'office') return { kind: 'office' };
  const [, kind, rest = ''] = /^(person|channel):(.+)$/.exec(text) ?? [];
  if (kind === 'person') return { kind, ref: rest };
  return kind === 'channel' ? { kind, channel: rest } : null;
}
