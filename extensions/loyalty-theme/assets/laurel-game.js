// Games of chance: asks what the shopper may do, lets the shop draw, and shows what came of it. What is
// drawn is said in words in any case; turning, scratching and opening only lead up to them.
import { acting, call, placeOf, put, say, written } from './laurel-play.js';

const LONGEST_MS = 5000;
const find = (row, name) => row.querySelector(`[data-is="${name}"]`);
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const after = (it, event) =>
  new Promise((done) => {
    it.addEventListener(event, done, { once: true });
    setTimeout(done, LONGEST_MS);
  });

const agrees = (row, text) =>
  new Promise((done) => {
    const dialog = row.querySelector('dialog');
    put(row, 'asks', text);
    dialog.returnValue = '';
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true });
    dialog.showModal();
  });

const turn = async (row, prize) => {
  const disc = find(row, 'disc');
  const fields = [...disc.children];
  const field = fields.find((it) => it.dataset.prize === (prize?.key ?? ''));
  if (!field) return;
  disc.scrollIntoView({ block: 'nearest' });
  const turns = Number(disc.dataset.turned ?? 0) + 5;
  disc.dataset.turned = turns;
  const stopped = isStill() ? null : after(disc, 'transitionend');
  disc.style.transform = `rotate(${turns - field.dataset.at / field.dataset.of}turn)`;
  await stopped;
};

// A finger scratches the cover away; so does the button, and nothing has to be scratched without motion.
const scratch = async (row, _prize, words) => {
  const stage = find(row, 'stage');
  const cover = stage.querySelector('canvas');
  const open = row.querySelector('[data-if="scratching"]');
  put(row, 'under', words);
  stage.hidden = false;
  cover.hidden = isStill();
  if (cover.hidden) return;
  const pen = cover.getContext('2d');
  pen.globalCompositeOperation = 'source-over';
  pen.fillStyle = '#9a9a9a';
  pen.fillRect(0, 0, cover.width, cover.height);
  pen.globalCompositeOperation = 'destination-out';
  open.hidden = false;
  open.firstElementChild.focus();
  let strokes = 0;
  await new Promise((done) => {
    open.onclick = done;
    cover.onpointermove = ({ offsetX, offsetY, buttons, pointerType }) => {
      if (pointerType === 'mouse' && buttons === 0) return;
      pen.beginPath();
      const scale = cover.width / cover.clientWidth;
      pen.arc(offsetX * scale, offsetY * scale, 45, 0, 7);
      pen.fill();
      if ((strokes += 1) > 40) done();
    };
  });
  open.hidden = true;
  cover.hidden = true;
};

const openBox = async (row) => {
  const stage = find(row, 'stage');
  if (isStill()) return;
  stage.dataset.shaken = '';
  await after(stage, 'animationend');
  delete stage.dataset.shaken;
};

const shows = { 'spin-wheel': turn, 'scratch-card': scratch, 'mystery-box': openBox };

const look = async (row) => {
  const { country = '' } = row.dataset;
  const { game } = await call(row, `/games?game=${row.dataset.key}&country=${country}`);
  const { tickets, left } = row.dataset;
  const told = [
    game.free + game.tickets > 0 && written(tickets, { number: game.free + game.tickets }),
    game.left?.today != null && written(left, { number: game.left.today }),
  ];
  put(row, 'told', told.filter(Boolean).join(' · '));
  put(row, 'commit', game.commit);
  return game;
};

const fillOdds = (row, { prizes }) => {
  const odds = row.querySelector('ol');
  if (odds.children.length > 0) return false;
  const { lang } = placeOf(row);
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 4 });
  for (const { name, chance } of prizes) {
    const line = document.createElement('li');
    line.textContent = chance ? `${name} ${percent.format(chance.n / chance.of)}` : name;
    odds.append(line);
  }
  return true;
};

// Whether the shopper may play, and means to: an age that is asked for is said once, points are agreed to.
const begins = async (row, game) => {
  const { ageWords, costWords } = row.dataset;
  const { age } = game.legal;
  if (age !== null) {
    if (!(await agrees(row, written(ageWords, { age })))) return null;
    await call(row, '/games/age', { age, confirmed: true });
    return begins(row, await look(row));
  }
  if (!game.next) throw { says: game.says };
  const { points } = game.next;
  return points === 0 || (await agrees(row, costWords)) ? game : null;
};

export const act = acting({
  play: async (row, button) => {
    const verify = find(row, 'verify');
    verify.hidden = true;
    const found = await look(row);
    // Odds that found no room in what Liquid draws are read before anything is played.
    const game = fillOdds(row, found) ? null : await begins(row, found);
    if (!game) return;
    // Pressed again, as after a broken line, it is the same play.
    const key = (button.dataset.once ||= crypto.randomUUID());
    const chosen = crypto.randomUUID();
    const { next, commit } = game;
    const wish = { game: row.dataset.key, key, chosen, entry: next.route, commit };
    const { country = '' } = row.dataset;
    const { draw, says } = await call(row, `/games/draw?country=${country}`, wish).catch(
      (error) => {
        if (error.says) delete button.dataset.once;
        throw error;
      },
    );
    delete button.dataset.once;
    if (draw) {
      await shows[row.dataset.kind]?.(row, draw.prize, says);
      verify.href = `${placeOf(row).laurelProxy}/verify?draw=${draw.id}`;
      verify.hidden = false;
    }
    say(row, says);
    await look(row);
  },
});
