import { Router, type Request, type Response } from 'express';
import type { World } from '../state/world.ts';
import type { Sessions } from './sessions.ts';
import { collectionObject, isSold, productObject } from './objects.ts';
import { draw, shopperOf } from './draw.ts';
import { notFound } from '../state/refusal.ts';

export function catalogueRoutes(world: World, sessions: Sessions): Router {
  const router = Router();

  router.get('/', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    const { store, currency } = shopper;
    const sold = [...store.products.values()].filter(isSold);
    const favourites = sold.filter((product) => product.tags.includes('bestseller'));
    draw(world, request, response, shopper, {
      template: 'index',
      title: store.shop.name,
      collections: collections(),
      products: (favourites.length > 0 ? favourites : sold)
        .slice(0, 8)
        .map((product) => productObject(store, product, currency)),
    }).catch(next);
  });

  router.get('/collections', (request: Request, response: Response, next) => {
    draw(world, request, response, shopperOf(world, sessions, request), {
      template: 'collections',
      title: 'Collections',
      collections: collections(),
    }).catch(next);
  });

  router.get('/collections/:handle', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    const { store, currency } = shopper;
    const handle = String(request.params['handle']);
    const collection = [...store.collections.values()].find((one) => one.handle === handle);
    if (!collection && handle !== 'all') notFound('There is no such collection.');
    const products = collection ? store.productsIn(collection.id) : [...store.products.values()];
    draw(world, request, response, shopper, {
      template: 'collection',
      title: collection?.title ?? 'All products',
      collection: collection ? collectionObject(store, collection) : null,
      products: products.filter(isSold).map((one) => productObject(store, one, currency)),
    }).catch(next);
  });

  router.get('/products/:handle', (request: Request, response: Response, next) => {
    const shopper = shopperOf(world, sessions, request);
    const product = shopper.store.productByHandle(String(request.params['handle']));
    if (!product || !isSold(product)) notFound('There is no such product.');
    draw(world, request, response, shopper, {
      template: 'product',
      title: product.title,
      blocks: 'beside',
      product: productObject(shopper.store, product, shopper.currency),
    }).catch(next);
  });

  router.get('/pages/club', (request: Request, response: Response, next) => {
    draw(world, request, response, shopperOf(world, sessions, request), {
      template: 'club',
      title: 'Club',
      blocks: 'all',
    }).catch(next);
  });

  router.get('/cdn/products/:file', (request: Request, response: Response) => {
    const id = /^(\d+)\.svg$/.exec(String(request.params['file']))?.[1] ?? '';
    const product = world.demo().products.get(id);
    if (!product) notFound('There is no such picture.');
    response
      .set('Cache-Control', 'max-age=3600')
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      .type('image/svg+xml')
      .send(product.artwork);
  });

  function collections(): object[] {
    const store = world.demo();
    return [...store.collections.values()].map((one) => collectionObject(store, one));
  }

  return router;
}
