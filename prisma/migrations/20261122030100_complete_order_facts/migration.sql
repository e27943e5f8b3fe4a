-- Orders that were told before these parts of a state were kept have them as not told.
UPDATE "orders" SET "facts" = jsonb_set("facts", '{snapshot}',
  '{"presentmentTotalMinor": null, "countryCode": null, "gateways": [], "discountCodes": [], "hasReturns": false}'::jsonb
    || ("facts" -> 'snapshot'))
WHERE jsonb_typeof("facts" -> 'snapshot') = 'object';
