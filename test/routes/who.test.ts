/** Every page of the admin asks who calls before it does anything. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

interface RouteModule {
  loader?: (args: object) => Promise<unknown>;
  action?: (args: object) => Promise<unknown>;
}

const folder = join(import.meta.dirname, '../../app/routes');
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /^app[.\w$]*(\/route)?\.tsx?$/.test(path),
);

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
});
afterAll(() => road.close());

const params = { memberId: '01a202d9-c47a-7169-8594-bc6f08241495', deliveryId: '1' };

async function call(
  path: string,
  way: 'loader' | 'action',
  token: string | null,
): Promise<Response | null> {
  const module = (await import(join(folder, path))) as RouteModule;
  const route = module[way];
  if (!route) return null;
  const request = adminRequest('/app', token, way === 'action' ? {} : undefined);
  return answerOf(() => route({ request, context, params }));
}

describe('a page of the admin', () => {
  it('is among these', () => {
    expect(paths.length).toBeGreaterThanOrEqual(8);
  });

  it.each(paths)(
    '%s is not shown, and does nothing, for a forged, foreign, old or missing token',
    async (path) => {
      const { domain } = road.store;
      const wrong = [
        idToken(domain, { secret: 'another secret' }),
        idToken(domain, { audience: 'another app' }),
        idToken(domain, { ageS: 600 }),
        'no token at all',
        null,
      ];
      for (const token of wrong) {
        for (const way of ['loader', 'action'] as const) {
          const answer = await call(path, way, token);
          if (!answer) continue;
          // A visitor without any token is sent to where one begins.
          expect(answer.status).toBe(token === null ? 302 : 401);
          expect(await answer.text()).toBe('');
        }
      }
      expect(
        await road.world.prisma.audit.count({
          where: { shopId: BigInt(road.shopId), actor: { startsWith: 'staff' } },
        }),
      ).toBe(0);
    },
  );

  it('answers an old token of App Bridge so that it fetches a new one', async () => {
    const answer = await call(
      'app.members._index/route.tsx',
      'loader',
      idToken(road.store.domain, { ageS: 600 }),
    );
    expect(answer?.headers.get('X-Shopify-Retry-Invalid-Session-Request')).toBe('1');
  });

  it('control: is shown to staff of the shop', async () => {
    const answer = await call('app.members._index/route.tsx', 'loader', idToken(road.store.domain));
    expect(answer?.status).toBe(200);
  });
});
