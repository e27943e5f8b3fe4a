/**
 * npm run bench:games [-- --quick] [-- --only=reaches|boards]: what badges and challenges add to an order's
 * award, and how fast leaderboards of many members are. Rounds alternate; only ratios within a run say
 * something, because machines are shared. Books that do not balance end the bench with an error.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { artifacts, openPlace } from './bench-place.ts';
import { sayTable } from './bench-table.ts';
import { BOARDS, boardsRows, measureBoards } from './measure-boards.ts';
import { decidingRows, measureDeciding } from './measure-deciding.ts';
import { measureReaches, reachesRows, REACHES } from './measure-reaches.ts';

const DECIDING = { full: { rounds: 5, members: 200 }, quick: { rounds: 3, members: 40 } };

await main(process.argv.includes('--quick') ? 'quick' : 'full');

async function main(size: 'quick' | 'full'): Promise<void> {
  const only = process.argv.find((part) => part.startsWith('--only='))?.slice('--only='.length);
  const asked = (part: string): boolean => only === undefined || only === part;
  const machine = { processors: cpus().length, node: process.version, load: loadavg() };
  const place = await openPlace({ pages: false });
  try {
    const reaches = asked('reaches') ? await measureReaches(place, REACHES[size]) : null;
    const deciding = asked('reaches') ? measureDeciding(DECIDING[size]) : null;
    const boards = asked('boards') ? await measureBoards(place, BOARDS[size]) : null;
    sayTable(
      [
        ...(reaches ? reachesRows(reaches, REACHES[size].reachMembers) : []),
        ...(deciding ? decidingRows(deciding) : []),
        ...(boards ? boardsRows(boards) : []),
      ],
      52,
    );
    writeFileSync(
      join(artifacts, 'bench-games.json'),
      JSON.stringify({ machine, size, reaches, deciding, boards }, null, 2),
    );
  } finally {
    await place.close();
  }
}
