import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const resolve = createRequire(import.meta.url).resolve;
const FONT_PACKAGE = '@expo-google-fonts/biz-udpgothic';

/** An SVG as PNG, in twice its size for sharp screens. The fonts come with a package: no font of the machine is used. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  // Loaded when the first picture is drawn: most processes draw none.
  const { Resvg } = await import('@resvg/resvg-js');
  const folder = dirname(resolve(`${FONT_PACKAGE}/package.json`));
  const fontFiles = ['400Regular/BIZUDPGothic_400Regular.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'].map(
    (file) => join(folder, file),
  );
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'BIZ UDPGothic' },
  });
  return drawn.render().asPng();
}
