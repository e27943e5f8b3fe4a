-- Since when the shop's time zone is what it is; null where it was never another. Days, months and terms follow from
-- it: whoever was decided before it changed is decided anew, as after a publication.
ALTER TABLE "shops" ADD COLUMN "zone_since" TIMESTAMPTZ(3);
