import type { LoaderFunctionArgs } from '@remix-run/node';
import { csvCell } from '../domain/gifts/read-ref.ts';
import { listAnswers } from '../operations/list-answers.ts';
import { quizResults } from '../queries/quizzes.ts';
import type { QuizPage } from '../queries/quizzes.ts';
import { requireStaff } from './app/tenant.ts';

/**
 * Who: signed-in staff of the shop, fetching how a quiz was answered: how many chose what, and only where they
 * ask for it who, which is written down.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const quizKey = args.params['key'] ?? '';
  const page = await quizResults(world, shop.id, quizKey);
  if (!page) throw new Response('There is no such quiz.', { status: 404 });
  const ofMembers = new URL(args.request.url).searchParams.get('of') === 'members';
  const rows = ofMembers
    ? memberRows(page, await listAnswers(world, { shopId: shop.id, actor, quizKey }))
    : countRows(page);
  const lines = rows.map((row) => row.map(csvCell).join(','));
  return new Response(`\uFEFF${lines.join('\r\n')}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${ofMembers ? 'answers' : 'results'}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
}

function countRows({ tally }: QuizPage): readonly (readonly string[])[] {
  return [
    ['question', 'answer', 'members', 'weight'],
    ...tally.questions.flatMap(({ text, choices }) =>
      choices.map((choice) => [text, choice.text, String(choice.members), String(choice.weight)]),
    ),
  ];
}

function memberRows(
  { tally: { questions } }: QuizPage,
  answers: Awaited<ReturnType<typeof listAnswers>>,
): readonly (readonly string[])[] {
  return [
    ['customer', 'name', 'email', 'answered', ...questions.map(({ text }) => text)],
    ...answers.map((one) => [
      ...[one.customerId ?? '', one.name ?? '', one.email ?? ''],
      new Date(one.answeredAt).toISOString(),
      ...questions.map(({ key, choices }) =>
        (one.answers.get(key) ?? [])
          .map((chosen) => choices.find((choice) => choice.key === chosen)?.text ?? chosen)
          .join('; '),
      ),
    ]),
  ];
}
