/** Shopify's colour filters that the theme extension uses. */
type Rgb = [number, number, number];

/** WCAG contrast of two colours, with one decimal as Shopify prints it. */
export function colourContrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return Math.round(((lighter + 0.05) / (darker + 0.05)) * 10) / 10;
}

function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(colour: string): Rgb {
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const digits = long ? long.slice(1) : short?.slice(1).map((digit) => digit + digit);
  if (!digits) throw new Error(`${colour} is not a colour.`);
  return digits.map((pair) => Number.parseInt(pair, 16)) as Rgb;
}
