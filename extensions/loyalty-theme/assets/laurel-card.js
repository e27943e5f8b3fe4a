// A picture of an earned badge, for who wants to show it: made in the browser, with nothing on it but the
// badge, the shop, and what the shopper chose. laurel.js fetches it at the first press.
const WIDTH = 1200;
const HEIGHT = 630;

const fit = (pen, text, y, size, weight = 400) => {
  let at = size;
  do pen.font = `${weight} ${at}px system-ui, sans-serif`;
  while (pen.measureText(text).width > WIDTH - 120 && (at -= 4) > 20);
  pen.fillText(text, WIDTH / 2, y);
};

const drawCard = async (row, name, day) => {
  const { badge, earned } = row.dataset;
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext('2d');
  const colour = (part) => getComputedStyle(row).getPropertyValue(`--laurel-${part}`);
  pen.fillStyle = colour('background');
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const art = row.querySelector('.laurel__art');
  const picture = new Image();
  picture.crossOrigin = 'anonymous';
  const drawing = encodeURIComponent(new XMLSerializer().serializeToString(art));
  picture.src = art.src ?? `data:image/svg+xml,${drawing}`;
  await picture.decode();
  pen.drawImage(picture, 470, 50, 260, 260);
  pen.textAlign = 'center';
  pen.fillStyle = colour('text');
  fit(pen, badge, 400, 72, 700);
  fit(pen, name, 470, 44);
  pen.fillStyle = colour('muted');
  fit(pen, [earned, day].filter(Boolean).join(' · '), 540, 36);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
};

export const act = async (button) => {
  const row = button.closest('[data-key]');
  const says = row.querySelector('[data-is="says"]');
  const [name, day] = row.querySelectorAll('input');
  try {
    const blob = await drawCard(row, name.value.trim(), day?.checked && day.value);
    const file = new File([blob], `${row.dataset.key}.png`, { type: blob.type });
    const href = URL.createObjectURL(blob);
    const image = Object.assign(new Image(), { src: href, alt: row.dataset.badge });
    image.className = 'laurel__card';
    const link = Object.assign(document.createElement('a'), { href, download: file.name });
    link.textContent = row.dataset.save;
    row.querySelector('[data-is="card"]').replaceChildren(image, link);
    says.textContent = row.dataset.shared;
    if (navigator.canShare?.({ files: [file] })) {
      await navigator.share({ files: [file] }).catch(() => link.focus());
    }
  } catch {
    says.textContent = row.closest('[data-laurel-script]').dataset.failed;
  }
};
