-- Whoever tells a custom action names it once in the shop: the same id for another member is refused.
CREATE UNIQUE INDEX "activities_custom_key" ON "activities" ("shop_id", "activity_id") WHERE "kind" = 'custom';
