-- What is drawn on a budget is written by whoever writes the awards, in the same transaction: no trigger writes another table.
DROP TRIGGER "awards_draw" ON "awards";
DROP TRIGGER "awards_redraw" ON "awards";
DROP TRIGGER "awards_give_back" ON "awards";
DROP FUNCTION "draw_on_budgets"();
