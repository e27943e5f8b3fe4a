// Answering quizzes and votes; laurel.js fetches it at the first choice.
import { acting, all, call, number, put, say, show, written } from './laurel-play.js';

const note = (text) => {
  const it = document.createElement('span');
  it.className = 'laurel__note';
  it.textContent = text;
  return it;
};

// What was answered, what would have been right, and how everybody answered: bars, and the same in figures.
const fillQuiz = (row, { can, answered, right, score, results }) => {
  const { figures, rightly, scored } = row.dataset;
  all('[data-choice] > :is(progress, .laurel__note)', row).forEach((it) => it.remove());
  const choice = (question, key) =>
    row.querySelector(`[data-question="${question}"] [data-choice="${key}"]`);
  for (const [question, keys] of Object.entries(answered ?? {})) {
    for (const key of keys) choice(question, key).querySelector('input').checked = true;
  }
  for (const [question, keys] of Object.entries(right ?? {})) {
    for (const key of keys) choice(question, key).append(note(`✓ ${rightly}`));
  }
  for (const { key: question, choices } of results?.questions ?? []) {
    for (const { key, members, percent } of choices) {
      const bar = Object.assign(document.createElement('progress'), { max: 100, value: percent });
      bar.className = 'laurel__bar';
      bar.ariaHidden = 'true';
      const told = written(figures, { members: number(row, members), percent });
      choice(question, key).append(bar, note(told));
    }
  }
  all('input, button', row).forEach((it) => (it.disabled = !can));
  return score ? written(scored, { right: score.right, all: score.of }) : '';
};

// Questions that found no room in what Liquid draws.
const askAll = (row, { questions }) => {
  const blank = row.querySelector('[data-laurel-blank]');
  const [asking, choosing] = blank.content.children;
  for (const { key, text, several, required, choices } of questions) {
    const question = asking.cloneNode(true);
    question.dataset.question = key;
    put(question, 'text', text);
    question.querySelector('.laurel__note').hidden = required;
    for (const choice of choices) {
      const label = choosing.cloneNode(true);
      label.dataset.choice = choice.key;
      put(label, 'text', choice.text);
      Object.assign(label.querySelector('input'), {
        ...{
          type: several ? 'checkbox' : 'radio',
          name: `${row.dataset.key}-${key}`,
          value: choice.key,
        },
      });
      question.append(label);
    }
    blank.before(question);
  }
  show(row, 'shown', true);
  row.querySelector('input').focus();
};

export const act = acting({
  // The first choice looks whether it is still asked for; a button, how all have answered.
  look: async (row, target) => {
    if (row.dataset.looked) return;
    row.dataset.looked = 'yes';
    const { quiz } = await call(row, `/quizzes?quiz=${row.dataset.key}`);
    if (target.matches('button')) {
      target.hidden = true;
      if (!row.querySelector('[data-question]')) askAll(row, quiz);
    }
    if (!quiz.can) put(row, 'says', `${quiz.why.says} ${fillQuiz(row, quiz)}`);
  },
  answer: async (row) => {
    // Whoever answers before the first look was begun has no more need of it.
    row.dataset.looked = 'yes';
    const answers = {};
    for (const asked of all('[data-question]', row)) {
      const chosen = all('input:checked', asked).map(({ value }) => value);
      if (chosen.length > 0) answers[asked.dataset.question] = chosen;
    }
    const { result } = await call(row, '/quizzes', { quiz: row.dataset.key, answers });
    say(row, `${row.dataset.thanks} ${fillQuiz(row, result)}`);
  },
});
