import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../app/shopify/payloads/parse-json.ts';
import { read, refusalOf, withField } from './sample.ts';

const sample: unknown = JSON.parse(
  readFileSync(
    new URL('../../payloads/reviews/judgeme_review_created.json', import.meta.url),
    'utf8',
  ),
);
const review = (over: Record<string, unknown>): unknown =>
  Object.entries(over).reduce<unknown>(
    (body, [path, value]) => withField(body, path, value),
    sample,
  );
const published = (over: Record<string, unknown>): boolean => {
  const told = read('judgeme/review', review(over));
  return told.kind === 'review' && told.review.published;
};

describe('a review of Judge.me', () => {
  it('is read with whom, what and when, and without stars', () => {
    expect(read('judgeme/review', sample)).toEqual({
      kind: 'review',
      review: {
        provider: 'judgeme',
        id: '465077653',
        productId: '8302173290794',
        customerId: '5083214609',
        email: 'test@test.com',
        published: true,
        withPhoto: false,
        withVideo: false,
        createdAt: Date.parse('2023-10-05T13:35:01Z'),
        updatedAt: Date.parse('2023-10-05T13:35:01Z'),
      },
    });
  });

  it.each([
    ['not published', { 'review.published': false }],
    ['hidden', { 'review.hidden': true }],
    ['not looked at yet', { 'review.curated': 'not-yet' }],
    ['spam', { 'review.curated': 'spam' }],
    ['without a word on that', { 'review.curated': null }],
    ['destroyed', { event: 'review/destroyed' }],
    ['deleted', { event: 'review/deleted' }],
  ])('that is %s is not published', (_name, over) => {
    expect(published(over)).toBe(false);
  });

  it('one star is published as five are', () => {
    expect(published({ 'review.rating': 1 })).toBe(true);
    expect(published({ event: null })).toBe(true);
    expect(published({ 'review.hidden': undefined })).toBe(true);
  });

  it('has a photo and a video once they are shown', () => {
    const body = review({
      'review.has_published_pictures': true,
      'review.has_published_videos': true,
    });
    expect(read('judgeme/review', body)).toMatchObject({
      review: { withPhoto: true, withVideo: true },
    });
  });

  it('without a word on photos and videos has none', () => {
    const body = review({
      'review.has_published_pictures': null,
      'review.has_published_videos': undefined,
    });
    expect(read('judgeme/review', body)).toMatchObject({
      review: { withPhoto: false, withVideo: false },
    });
  });

  it.each([
    ['nobody’s customer', { 'review.reviewer.external_id': null }, { customerId: null }],
    ['an id that is none', { 'review.reviewer.external_id': 'abc' }, { customerId: null }],
    ['an id as a text', { 'review.reviewer.external_id': '77' }, { customerId: '77' }],
    ['no e-mail', { 'review.reviewer.email': '' }, { email: null }],
    ['no product', { 'review.product_external_id': null }, { productId: null }],
  ])('with %s is read', (_name, over, part) => {
    expect(read('judgeme/review', review(over))).toMatchObject({ review: part });
  });

  it('that was deleted is read also where the app no longer tells by whom it was', () => {
    const body = review({ 'review.reviewer': null, event: 'review/destroyed' });
    expect(read('judgeme/review', body)).toMatchObject({
      review: { published: false, customerId: null, email: null },
    });
  });

  it('with yes and no written as texts says what it says', () => {
    const body = review({ 'review.published': 'true', 'review.has_published_pictures': 'true' });
    expect(read('judgeme/review', body)).toMatchObject({
      review: { published: true, withPhoto: true },
    });
  });

  it.each([
    ['review', 'review'],
    ['review.id', 'review.id'],
    ['review.reviewer', 'review.reviewer'],
    ['review.created_at', 'review.created_at'],
  ])('without %s is refused', (path, place) => {
    expect(refusalOf('judgeme/review', review({ [path]: undefined }))).toContain(`see ${place}`);
  });
});

describe('JSON', () => {
  it('keeps whole numbers beyond 2^53 as texts of their digits, and smaller ones as numbers', () => {
    expect(parseExactJson('[9007199254740991, 9007199254740993, -9007199254740993]')).toEqual([
      9_007_199_254_740_991,
      '9007199254740993',
      '-9007199254740993',
    ]);
    expect(parseExactJson('{"a": 1.5, "b": "9007199254740993"}')).toEqual({
      a: 1.5,
      b: '9007199254740993',
    });
  });

  it('leaves what is no whole number as it is', () => {
    expect(parseExactJson('[1234567890123456.5, 1e300]')).toEqual([1_234_567_890_123_456.5, 1e300]);
  });
});
