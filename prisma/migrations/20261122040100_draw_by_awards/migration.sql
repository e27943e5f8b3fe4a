-- What is drawn on a budget is what awards hold of it, whoever writes, moves or deletes them.
CREATE FUNCTION draw_on_budgets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before JSONB := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.allowance -> 'draws' END;
  after JSONB := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.allowance -> 'draws' END;
  shop BIGINT := CASE WHEN TG_OP = 'DELETE' THEN OLD.shop_id ELSE NEW.shop_id END;
  drawn RECORD;
BEGIN
  FOR drawn IN
    SELECT d.key, sum(d.points) AS points FROM (
      SELECT key, (value ->> 'held')::bigint AS points FROM jsonb_each(after)
      UNION ALL
      SELECT key, -(value ->> 'held')::bigint FROM jsonb_each(before)
    ) d GROUP BY d.key HAVING sum(d.points) <> 0 ORDER BY d.key
  LOOP
    UPDATE campaign_budgets SET held = held + drawn.points WHERE shop_id = shop AND campaign_key = drawn.key;
    IF NOT FOUND AND drawn.points > 0 THEN
      INSERT INTO campaign_budgets AS b (shop_id, campaign_key, held) VALUES (shop, drawn.key, drawn.points)
        ON CONFLICT (shop_id, campaign_key) DO UPDATE SET held = b.held + EXCLUDED.held;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER "awards_draw" AFTER INSERT ON "awards" FOR EACH ROW
  WHEN (NEW.allowance IS NOT NULL) EXECUTE FUNCTION draw_on_budgets();
CREATE TRIGGER "awards_redraw" AFTER UPDATE ON "awards" FOR EACH ROW
  WHEN (OLD.allowance IS DISTINCT FROM NEW.allowance) EXECUTE FUNCTION draw_on_budgets();
CREATE TRIGGER "awards_give_back" AFTER DELETE ON "awards" FOR EACH ROW
  WHEN (OLD.allowance IS NOT NULL) EXECUTE FUNCTION draw_on_budgets();
