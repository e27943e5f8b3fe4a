-- Figures that would read all of a large shop: counted by a worker when somebody asks, and kept with their moment.
CREATE TABLE "kept_figures" (
  "shop_id" BIGINT NOT NULL,
  "name" TEXT NOT NULL,
  "asks" JSONB NOT NULL,
  "figures" JSONB,
  "as_of" TIMESTAMPTZ(3),
  "run_after" TIMESTAMPTZ(3),
  "turn" INTEGER NOT NULL DEFAULT 0,
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  CONSTRAINT "kept_figures_pkey" PRIMARY KEY ("shop_id", "name"),
  CONSTRAINT "kept_figures_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "kept_figures_as_of_check" CHECK (("figures" IS NULL) = ("as_of" IS NULL))
);

CREATE INDEX "kept_figures_due_idx" ON "kept_figures" ("run_after") WHERE "run_after" IS NOT NULL;
