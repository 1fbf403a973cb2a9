"""Legs are looked at once for each statement, entries once at the end: as before, for less.

Whole or refused: an entry is counted and summed when its transaction ends, and a leg more than it
has said is refused at once, so that nothing is added to an entry that was found whole.
"""

from django.db import migrations

# Written with LATERAL, so that each entry's own legs are read by their key however few there were
# when a session made its plan.
BY_STATEMENT = """
CREATE FUNCTION cashbook_take_legs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
  chosen smallint := 0;
BEGIN
  IF EXISTS (SELECT FROM added l JOIN cashbook_account a ON a.id = l.account_id
             JOIN cashbook_book b ON b.agency_id = a.agency_id
             WHERE b.closed_until >= l."on") THEN
    RAISE EXCEPTION 'the book is closed up to that day' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'cashbook_day_is_open';
  END IF;
  SELECT n.entry_id INTO wrong
    FROM (SELECT DISTINCT entry_id FROM added) n
    JOIN cashbook_entry e ON e.id = n.entry_id
    CROSS JOIN LATERAL (SELECT count(*) AS legs FROM cashbook_entryleg l
                        WHERE l.entry_id = n.entry_id OFFSET 0) s
   WHERE s.legs > e.leg_count LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'entry % does not balance: it has all its legs', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cashbook_entry_balances';
  END IF;
  WHILE chosen < 99 AND NOT pg_try_advisory_xact_lock(5157, chosen) LOOP
    chosen := chosen + 1;
  END LOOP;
  IF chosen = 99 THEN PERFORM pg_advisory_xact_lock(5157, 99); END IF;
  INSERT INTO cashbook_accountday AS kept
      (account_id, "on", slot, debit_vnd, credit_vnd, leg_count)
    SELECT account_id, "on", chosen, sum(greatest(amount_vnd, 0)), sum(greatest(-amount_vnd, 0)),
           count(*)
      FROM added GROUP BY account_id, "on" ORDER BY account_id, "on"
    ON CONFLICT (account_id, "on", slot) DO UPDATE
      SET debit_vnd = kept.debit_vnd + excluded.debit_vnd,
          credit_vnd = kept.credit_vnd + excluded.credit_vnd,
          leg_count = kept.leg_count + excluded.leg_count;
  RETURN NULL;
END $$;
CREATE TRIGGER cashbook_take_legs AFTER INSERT ON cashbook_entryleg
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cashbook_take_legs();
CREATE FUNCTION cashbook_entry_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_whole boolean;
  is_even boolean;
BEGIN
  SELECT sum(g.legs) = NEW.leg_count AND bool_and(g.is_its_day) AND sum(g.vnd) = 0
         AND bool_and(g.agency_id IS NOT NULL), bool_and(g.vnd = 0)
    INTO is_whole, is_even
    FROM (SELECT a.agency_id, count(*) AS legs, sum(l.amount_vnd) AS vnd,
                 bool_and(l."on" = NEW."on") AS is_its_day
            FROM cashbook_entryleg l LEFT JOIN cashbook_account a ON a.id = l.account_id
           WHERE l.entry_id = NEW.id GROUP BY a.agency_id) g;
  IF is_whole IS NOT TRUE THEN
    RAISE EXCEPTION 'entry % does not balance', NEW.id USING ERRCODE = 'check_violation',
      CONSTRAINT = 'cashbook_entry_balances';
  END IF;
  IF is_even IS NOT TRUE THEN
    RAISE EXCEPTION 'entry % leaves the book of one agency out of balance', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cashbook_entry_balances';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cashbook_entry_is_whole AFTER INSERT ON cashbook_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashbook_entry_is_whole();
DROP TRIGGER cashbook_entry_balances ON cashbook_entry;
DROP TRIGGER cashbook_leg_balances ON cashbook_entryleg;
DROP TRIGGER cashbook_day_is_open ON cashbook_entryleg;
DROP TRIGGER cashbook_keep_sums ON cashbook_entryleg;
"""
BY_ROW = """
CREATE CONSTRAINT TRIGGER cashbook_entry_balances AFTER INSERT ON cashbook_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashbook_entry_balances();
CREATE CONSTRAINT TRIGGER cashbook_leg_balances AFTER INSERT ON cashbook_entryleg
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashbook_entry_balances();
CREATE TRIGGER cashbook_day_is_open BEFORE INSERT ON cashbook_entryleg
  FOR EACH ROW EXECUTE FUNCTION cashbook_day_is_open();
CREATE TRIGGER cashbook_keep_sums AFTER INSERT ON cashbook_entryleg
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cashbook_keep_sums();
DROP TRIGGER cashbook_entry_is_whole ON cashbook_entry;
DROP TRIGGER cashbook_take_legs ON cashbook_entryleg;
DROP FUNCTION cashbook_entry_is_whole;
DROP FUNCTION cashbook_take_legs;
"""


class Migration(migrations.Migration):
    dependencies = [("cashbook", "0003_budget_heirs_reminders")]

    operations = [migrations.RunSQL(BY_STATEMENT, BY_ROW)]
