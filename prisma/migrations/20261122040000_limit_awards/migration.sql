-- What limits and budgets left to an award: null where nothing limits it.
ALTER TABLE "awards" ADD COLUMN "allowance" JSONB;

-- Points that awards hold of a campaign's budget: the row is the lock of whoever draws on it.
CREATE TABLE "campaign_budgets" (
  "shop_id" BIGINT NOT NULL,
  "campaign_key" TEXT NOT NULL,
  "held" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "campaign_budgets_pkey" PRIMARY KEY ("shop_id", "campaign_key"),
  CONSTRAINT "campaign_budgets_shop_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "campaign_budgets_held_check" CHECK ("held" >= 0)
);
