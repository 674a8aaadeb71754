/** Opens a packed dictionary: typed-array views over its bytes, nothing copied. */
import { align, type CharacterClass, magic, type PackHeader, type UnknownEntry } from './pack.ts';

export interface PackedDictionary {
  readonly version: string;
  readonly base: Int32Array;
  readonly check: Int32Array;
  readonly connections: Int16Array;
  readonly targetOffsets: Int32Array;
  readonly targets: Int32Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  readonly cost: Int16Array;
  readonly part: Uint8Array;
  readonly basic: Int32Array;
  readonly reading: Int32Array;
  readonly strings: Uint16Array;
  /** Character class of each UTF-16 unit. */
  readonly categories: Uint8Array;
  readonly parts: readonly (readonly [string, string])[];
  readonly classes: readonly CharacterClass[];
  readonly unknown: readonly (readonly UnknownEntry[])[];
  readonly oddSurfaces: Readonly<Record<string, string>>;
}

/** The bytes of a pack -> its views; undefined when they are no pack, of another version, or cut short. */
export function openDictionary(bytes: Uint8Array, version: string): PackedDictionary | undefined {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = whole;
  if (new TextDecoder().decode(whole.subarray(0, 4)) !== magic) return undefined;
  if (whole.length < 8) return undefined;
  const headerLength = new DataView(buffer, byteOffset).getUint32(4, true);
  if (8 + headerLength > whole.length) return undefined;
  const header = readHeader(whole.subarray(8, 8 + headerLength));
  if (header === undefined || header.version !== version) return undefined;
  const start = align(8 + headerLength);
  const places = header.sections;
  const end = Math.max(...Object.values(places).map((place) => start + place.offset + place.length));
  if (whole.length < end) return undefined;
  return {
    version,
    base: int32('base'),
    check: int32('check'),
    connections: int16('connections'),
    targetOffsets: int32('targetOffsets'),
    targets: int32('targets'),
    left: int16('left'),
    right: int16('right'),
    cost: int16('cost'),
    part: new Uint8Array(buffer, ...place('part', 1)),
    basic: int32('basic'),
    reading: int32('reading'),
    strings: new Uint16Array(buffer, ...place('strings', 2)),
    categories: new Uint8Array(buffer, ...place('categories', 1)),
    parts: header.parts,
    classes: header.classes,
    unknown: header.unknown,
    oddSurfaces: header.oddSurfaces,
  };

  function place(name: string, size: number): [offset: number, length: number] {
    const found = places[name] ?? { offset: 0, length: 0 };
    return [byteOffset + start + found.offset, found.length / size];
  }

  function int32(name: string): Int32Array {
    return new Int32Array(buffer, ...place(name, 4));
  }

  function int16(name: string): Int16Array {
    return new Int16Array(buffer, ...place(name, 2));
  }
}

function readHeader(bytes: Uint8Array): PackHeader | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as PackHeader;
  } catch {
    return undefined;
  }
}
