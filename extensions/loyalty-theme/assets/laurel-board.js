// A leaderboard for who asks for their own rank; laurel.js fetches it at the first press.
import { acting, call, number, put, say, show, written } from './laurel-play.js';

const LINES = 10;
// What is nothing to be proud of is not said.
const PROUD = 25;
const NOBODY = '–';

const lineOf = (row, nickname) => (one) => {
  const drawn = row.querySelector('template').content.firstElementChild.cloneNode(true);
  put(drawn, 'rank', number(row, one.rank));
  put(drawn, 'name', one.name ?? NOBODY);
  put(drawn, 'score', one.score === null ? '' : number(row, one.score));
  const own = one.own ?? one.name === nickname;
  if (own) drawn.setAttribute('aria-current', 'true');
  drawn.querySelector('button').hidden = own || one.name === null;
  drawn.dataset.name = one.name;
  return drawn;
};

const ownWords = ({ dataset }, own, number) => {
  if (!own?.rank) return dataset.none;
  const { rank, score, percentile } = own;
  const place = written(dataset.ownScore, { rank: number(rank), score: number(score) });
  return percentile !== null && percentile <= PROUD
    ? `${place} (${written(dataset.best, { percent: percentile })})`
    : place;
};

const fillBoard = (row, { top, own, nickname, state }) => {
  const first = top.slice(0, LINES);
  const isFirst = first.some((one) => one.name === nickname && nickname !== null);
  const near = isFirst ? [] : (own?.neighbours ?? []);
  const fresh = near.filter((one) => one.own || !first.some(({ name }) => name === one.name));
  const gap = document.createElement('tr');
  gap.className = 'laurel__gap';
  gap.innerHTML = '<td colspan="4">⋯</td>';
  const line = lineOf(row, nickname);
  const lines = [...first.map(line), ...(fresh.length ? [gap] : []), ...fresh.map(line)];
  row.querySelector('tbody').replaceChildren(...lines);
  row.querySelector('[data-is="empty"]').hidden = lines.length > 0;
  put(
    row,
    'own',
    ownWords(row, own, (value) => number(row, value)),
  );
  const { nick, unseen } = row.dataset;
  const isUnseen = state === 'hidden' || state === 'refused';
  const named = isUnseen ? unseen : nick;
  put(row, 'nickname', nickname && written(named, { name: nickname }));
  show(row, 'closed', false);
  show(row, 'stranger', !nickname || isUnseen);
  show(row, 'nickname', nickname);
};

const board = async (row) => {
  fillBoard(row, await call(row, `/boards?board=${row.dataset.key}`));
  row.querySelector('[data-is="own"]').focus({ preventScroll: true });
};

export const act = acting({
  board,
  'board-join': async (row, button) => {
    const nickname = button.parentElement.querySelector('input').value;
    const joined = await call(row, '/boards/join', { nickname });
    await board(row);
    say(row, written(row.dataset.joined, { name: joined.nickname }));
  },
  'board-leave': async (row) => {
    await call(row, '/boards/leave', {});
    await board(row);
    say(row, row.dataset.left);
  },
  'board-report': async (row, button) => {
    const { name } = button.closest('tr').dataset;
    await call(row, '/boards/report', { board: row.dataset.key, name });
    button.hidden = true;
    say(row, row.dataset.reported);
  },
});
