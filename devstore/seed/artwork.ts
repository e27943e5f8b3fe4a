/** Every product's picture, drawn here, so that the storefront needs no image from anywhere. */
export type Motif = 'tin' | 'bag' | 'cup' | 'kettle' | 'plant' | 'pot' | 'linen' | 'card';

export type Palette = { ground: string; shade: string; body: string; accent: string };

export const palettes: Record<string, Palette> = {
  sage: { ground: '#e8eee4', shade: '#d3dfcb', body: '#6f8f6a', accent: '#f4efe2' },
  amber: { ground: '#f7ecdb', shade: '#eddabc', body: '#c68a3c', accent: '#fff6e6' },
  rose: { ground: '#f6e6e3', shade: '#ebd0cb', body: '#b9675f', accent: '#fdf3ef' },
  ink: { ground: '#e6eaef', shade: '#cfd8e2', body: '#3f566f', accent: '#f2ead8' },
  cocoa: { ground: '#efe6df', shade: '#dfcfc3', body: '#6b4a38', accent: '#f3e3c8' },
  plum: { ground: '#eee6f0', shade: '#dccde1', body: '#6d4a78', accent: '#f7ecd9' },
  sea: { ground: '#e1efee', shade: '#c6dedc', body: '#3d7f7c', accent: '#f6f1e3' },
  sand: { ground: '#f2eee6', shade: '#e3dbcc', body: '#a08a66', accent: '#fbf7ee' },
};

/** `variation` (any whole number) shifts details, so that neighbours do not look alike. */
export function artwork(motif: Motif, palette: Palette, label: string, variation: number): string {
  const title = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const sun = 250 + (variation % 5) * 22;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="${title}">`,
    `<rect width="400" height="400" fill="${palette.ground}"/>`,
    `<circle cx="${sun}" cy="${120 + (variation % 3) * 16}" r="96" fill="${palette.shade}"/>`,
    `<path d="M0 318h400v82H0z" fill="${palette.shade}"/>`,
    `<ellipse cx="200" cy="330" rx="112" ry="13" fill="#000" opacity=".09"/>`,
    motifs[motif](palette, variation),
    '</svg>',
  ].join('');
}

const motifs: Record<Motif, (palette: Palette, variation: number) => string> = {
  tin: ({ body, accent, shade }, n) =>
    `<rect x="130" y="132" width="140" height="196" rx="12" fill="${body}"/>` +
    `<rect x="122" y="112" width="156" height="40" rx="10" fill="${body}"/>` +
    '<rect x="122" y="144" width="156" height="8" fill="#000" opacity=".14"/>' +
    `<rect x="146" y="186" width="108" height="98" rx="6" fill="${accent}"/>` +
    leaf(200, 236, 34 + (n % 3) * 4, body, n * 25) +
    `<path d="M166 300h68" stroke="${shade}" stroke-width="4" stroke-linecap="round"/>`,
  bag: ({ body, accent }, n) =>
    `<path d="M128 118h144l10 206a6 6 0 0 1-6 6H124a6 6 0 0 1-6-6z" fill="${body}"/>` +
    '<path d="M128 118h144l2 30H126z" fill="#000" opacity=".18"/>' +
    `<circle cx="200" cy="232" r="${46 + (n % 3) * 3}" fill="${accent}"/>` +
    `<ellipse cx="200" cy="232" rx="18" ry="28" fill="${body}" transform="rotate(${20 + n * 7} 200 232)"/>` +
    `<path d="M194 208q14 24 4 50" stroke="${accent}" stroke-width="4" fill="none" transform="rotate(${n * 7} 200 232)"/>` +
    `<path d="M168 300h64" stroke="${accent}" stroke-width="5" stroke-linecap="round"/>`,
  cup: ({ body, accent, shade }, n) =>
    `<path d="M276 222c44-6 44 62-8 58" fill="none" stroke="${body}" stroke-width="16"/>` +
    `<path d="M122 196h156l-14 108a26 26 0 0 1-26 22h-76a26 26 0 0 1-26-22z" fill="${body}"/>` +
    `<ellipse cx="200" cy="196" rx="78" ry="17" fill="${accent}"/>` +
    `<ellipse cx="200" cy="198" rx="64" ry="12" fill="${shade}"/>` +
    (n % 2 === 0
      ? `<path d="M130 246h140" stroke="${accent}" stroke-width="9" opacity=".85"/>`
      : `<path d="M132 236q17 20 34 0t34 0 34 0 34 0" stroke="${accent}" stroke-width="7" fill="none"/>`) +
    '<path d="M178 158q-14-18 0-36t0-36M214 158q-14-18 0-36" stroke="#fff" stroke-width="8" fill="none" stroke-linecap="round" opacity=".75"/>',
  kettle: ({ body, accent }, n) =>
    `<path d="M146 150a54 54 0 0 1 108 0" fill="none" stroke="${body}" stroke-width="13"/>` +
    `<path d="M268 244q52-12 66-66l14 6q-12 84-84 100z" fill="${body}"/>` +
    `<path d="M112 326q-14-120 48-152h80q62 32 48 152z" fill="${body}"/>` +
    `<rect x="158" y="162" width="84" height="16" rx="8" fill="${accent}"/>` +
    `<circle cx="200" cy="154" r="11" fill="${accent}"/>` +
    leaf(196, 254, 30, accent, n * 30),
  plant: ({ body, accent, ground }, n) => {
    const leaves = [-62, -34, -12, 12, 34, 62].map((angle, index) =>
      leaf(200 + angle * 0.9, 168 - ((index + n) % 3) * 18, 46 + (n % 3) * 6, body, angle),
    );
    const stems = [-46, -18, 18, 46].map(
      (lean) =>
        `<path d="M200 262q${lean * 0.3}-50 ${lean}-92" stroke="${body}" stroke-width="5" fill="none"/>`,
    );
    return (
      stems.join('') +
      leaves.join('') +
      `<path d="M146 250h108l-12 72a8 8 0 0 1-8 6h-68a8 8 0 0 1-8-6z" fill="${accent}"/>` +
      `<rect x="138" y="240" width="124" height="22" rx="6" fill="${accent}"/>` +
      `<path d="M150 286h100" stroke="${ground}" stroke-width="6"/>`
    );
  },
  pot: ({ body, accent }, n) =>
    (n % 2 === 0
      ? `<path d="M128 176h144q22 90-30 152h-84q-52-62-30-152z" fill="${body}"/>`
      : `<path d="M168 108h64l-8 70q58 40 22 150h-92q-36-110 22-150z" fill="${body}"/>`) +
    `<ellipse cx="200" cy="${n % 2 === 0 ? 176 : 108}" rx="${n % 2 === 0 ? 72 : 32}" ry="12" fill="#000" opacity=".25"/>` +
    `<path d="M136 250q32 20 64 0t64 0" stroke="${accent}" stroke-width="8" fill="none" opacity=".9"/>` +
    `<path d="M140 276q30 18 60 0t60 0" stroke="${accent}" stroke-width="4" fill="none" opacity=".7"/>`,
  linen: ({ body, accent, shade }, n) =>
    `<path d="M104 296l24-140h144l24 140z" fill="${accent}"/>` +
    Array.from({ length: 4 }, (_, row) =>
      row % 2 === n % 2
        ? `<path d="M${124 - row * 5} ${180 + row * 30}h${152 + row * 10}" stroke="${body}" stroke-width="${8 + (n % 3) * 3}"/>`
        : `<path d="M${124 - row * 5} ${180 + row * 30}h${152 + row * 10}" stroke="${shade}" stroke-width="6"/>`,
    ).join('') +
    `<path d="M104 296h192v26a8 8 0 0 1-8 8H112a8 8 0 0 1-8-8z" fill="${body}"/>` +
    `<path d="M104 310h192" stroke="${accent}" stroke-width="3" opacity=".7"/>`,
  card: ({ body, accent }) =>
    `<rect x="70" y="138" width="260" height="164" rx="16" fill="${body}" transform="rotate(-6 200 220)"/>` +
    `<rect x="70" y="150" width="260" height="164" rx="16" fill="${accent}"/>` +
    `<rect x="70" y="150" width="260" height="164" rx="16" fill="none" stroke="${body}" stroke-width="4"/>` +
    leaf(200, 222, 44, body, 18) +
    `<path d="M104 284h84" stroke="${body}" stroke-width="7" stroke-linecap="round"/>`,
};

/** A leaf standing at (x, y), turned by `angle` degrees. */
function leaf(x: number, y: number, size: number, colour: string, angle: number): string {
  const wide = Math.round(size * 0.55);
  return (
    `<g transform="translate(${x} ${y}) rotate(${angle})">` +
    `<path d="M0 ${size}C${-wide} ${size * 0.3} ${-wide} ${-size * 0.5} 0 ${-size}C${wide} ${-size * 0.5} ${wide} ${size * 0.3} 0 ${size}z" fill="${colour}"/>` +
    `<path d="M0 ${size}V${-size * 0.6}" stroke="#fff" stroke-width="2" opacity=".45"/></g>`
  );
}
