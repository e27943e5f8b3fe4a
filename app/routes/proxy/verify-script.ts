/**
 * What a shopper's browser does to check a draw. It is sent as it stands here, so that who reads the page's
 * source reads all of it: the same lines as domain/games/draw.ts, by the browser's own cryptography.
 */
export const VERIFY_SCRIPT = `
'use strict';
const hexOf = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = (hex) =>
  Uint8Array.from(hex.match(/../g) || [], (pair) => Number.parseInt(pair, 16));
const sha256 = async (bytes) => hexOf(await crypto.subtle.digest('SHA-256', bytes));
const sha256OfText = (text) => sha256(new TextEncoder().encode(text));
const hmac = async (seed, text) => {
  const how = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(seed), how, false, ['sign']);
  return hexOf(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
};
const numberIn = (signed, range) => {
  const limit = 2 ** 48 - (2 ** 48 % range);
  for (let piece = 0; piece < 5; piece += 1) {
    const value = Number.parseInt(signed.slice(piece * 12, piece * 12 + 12), 16);
    if (value < limit) return value % range;
  }
  return null;
};
const textOf = ({ shopId, game, epoch, serial, chosen }) =>
  [
    'laurel-draw-1', 'shop ' + shopId, 'game ' + game, 'epoch ' + epoch,
    'serial ' + serial, 'chosen ' + chosen,
  ].join('\\n');
const draw = async (seed, text, range) => {
  for (let round = 0; ; round += 1) {
    const signed = await hmac(seed, round === 0 ? text : text + '\\nagain ' + round);
    const found = numberIn(signed, range);
    if (found !== null) return { signed, number: found };
  }
};
const prizeAt = (prizes, number) => {
  let upTo = 0;
  for (const prize of prizes) {
    upTo += prize.chance;
    if (number < upTo) return prize.key;
  }
  return null;
};
const instead = (prizes, drawn, given) => {
  for (let key = drawn, seen = 0; seen <= prizes.length; seen += 1) {
    if (key === given) return true;
    if (key === null) return false;
    const prize = prizes.find((one) => one.key === key);
    key = prize ? prize.instead : null;
  }
  return false;
};
/** The line of the list whose ticket the number is, after those that were drawn before. */
const placeOf = (list, before, number, once) => {
  const lines = list.split('\\n').map((line) => {
    const [place, , tickets] = line.split(' ');
    return { place: Number(place), left: Number(tickets) };
  });
  const take = (at) => {
    let upTo = 0;
    for (const line of lines) {
      upTo += line.left;
      if (at < upTo) {
        line.left = once ? 0 : line.left - 1;
        return line.place;
      }
    }
    return null;
  };
  for (const at of before) take(at);
  return { range: lines.reduce((sum, line) => sum + line.left, 0), place: take(number) };
};
const check = async (proof) => {
  const steps = [];
  const step = (name, expected, found) =>
    steps.push({ name, expected: String(expected), found: String(found), ok: String(expected) === String(found) });
  const { seed, numberOf } = proof;
  step('commit', proof.commit, await sha256(bytesOf(seed)));
  step('text', proof.text, textOf(proof));
  const { signed, number } = await draw(seed, proof.text, numberOf);
  steps.push({ name: 'signed', expected: signed, found: signed, ok: true });
  step('number', proof.number, number);
  step('odds', proof.oddsHash, await sha256OfText(proof.odds));
  const prizes = JSON.parse(proof.odds).prizes;
  if (proof.list) {
    step('list', proof.list.hash, await sha256OfText(proof.list.text));
    step('chosen', proof.list.hash, proof.chosen);
    const found = placeOf(proof.list.text, proof.list.before, number, proof.list.once);
    step('tickets', numberOf, found.range);
    step('place', proof.list.place, found.place);
  } else {
    step('drawn', proof.drawn, prizeAt(prizes, number));
  }
  const ok = proof.list ? proof.given === proof.drawn || proof.given === null : instead(prizes, proof.drawn, proof.given);
  steps.push({ name: 'given', expected: String(proof.drawn), found: String(proof.given), ok });
  return steps;
};
const show = async () => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const [proof, words, body] = [read('proof'), read('words'), document.getElementById('steps')];
  const steps = await check(proof);
  for (const { name, expected, found, ok } of steps) {
    const row = document.createElement('tr');
    const cells = [words[name] || name, expected === 'null' ? words.nothing : expected,
      found === 'null' ? words.nothing : found, ok ? words.right : words.wrong];
    cells.forEach((text, at) => {
      const cell = document.createElement(at === 0 ? 'th' : 'td');
      if (at === 0) cell.scope = 'row';
      cell.textContent = text;
      row.append(cell);
    });
    body.append(row);
  }
  const whole = steps.every(({ ok }) => ok);
  document.getElementById('verdict').textContent = whole ? words.whole : words.broken;
};
if (typeof document !== 'undefined' && document.getElementById('proof')) {
  show().catch(() => {
    const words = JSON.parse(document.getElementById('words').textContent);
    document.getElementById('verdict').textContent = words.impossible;
  });
}
`;
