"""Books are only added to, every entry balances, sums are kept per account and day."""

from django.db import migrations

STAYS = """
CREATE FUNCTION cashbook_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the cashbook is only added to: correct it with a reversing entry';
END $$;
CREATE TRIGGER cashbook_account_stays BEFORE UPDATE OR DELETE ON cashbook_account
  FOR EACH ROW EXECUTE FUNCTION cashbook_only_added_to();
CREATE TRIGGER cashbook_entry_stays BEFORE UPDATE OR DELETE ON cashbook_entry
  FOR EACH ROW EXECUTE FUNCTION cashbook_only_added_to();
CREATE TRIGGER cashbook_leg_stays BEFORE UPDATE OR DELETE ON cashbook_entryleg
  FOR EACH ROW EXECUTE FUNCTION cashbook_only_added_to();
CREATE TRIGGER cashbook_dayclosing_stays BEFORE UPDATE OR DELETE ON cashbook_dayclosing
  FOR EACH ROW EXECUTE FUNCTION cashbook_only_added_to();
CREATE TRIGGER cashbook_deskclosing_stays BEFORE UPDATE OR DELETE ON cashbook_deskclosing
  FOR EACH ROW EXECUTE FUNCTION cashbook_only_added_to();
"""
BALANCES = """
CREATE FUNCTION cashbook_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  key bigint;
  is_whole boolean;
BEGIN
  IF TG_TABLE_NAME = 'cashbook_entry' THEN key := NEW.id; ELSE key := NEW.entry_id; END IF;
  SELECT count(l.*) = min(e.leg_count) AND bool_and(l."on" = e."on") AND sum(l.amount_vnd) = 0
    INTO is_whole
    FROM cashbook_entry e JOIN cashbook_entryleg l ON l.entry_id = e.id WHERE e.id = key;
  IF is_whole IS NOT TRUE THEN
    RAISE EXCEPTION 'entry % does not balance', key USING ERRCODE = 'check_violation',
      CONSTRAINT = 'cashbook_entry_balances';
  END IF;
  IF EXISTS (SELECT FROM cashbook_entryleg l JOIN cashbook_account a ON a.id = l.account_id
             WHERE l.entry_id = key GROUP BY a.agency_id HAVING sum(l.amount_vnd) <> 0) THEN
    RAISE EXCEPTION 'entry % leaves the book of one agency out of balance', key
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cashbook_entry_balances';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cashbook_entry_balances AFTER INSERT ON cashbook_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashbook_entry_balances();
CREATE CONSTRAINT TRIGGER cashbook_leg_balances AFTER INSERT ON cashbook_entryleg
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashbook_entry_balances();
"""
DAYS = """
CREATE FUNCTION cashbook_day_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM cashbook_account a JOIN cashbook_book b ON b.agency_id = a.agency_id
             WHERE a.id = NEW.account_id AND b.closed_until >= NEW."on") THEN
    RAISE EXCEPTION 'the book is closed up to that day' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'cashbook_day_is_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cashbook_day_is_open BEFORE INSERT ON cashbook_entryleg
  FOR EACH ROW EXECUTE FUNCTION cashbook_day_is_open();
CREATE FUNCTION cashbook_book_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.closed_until > OLD.closed_until THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a closed day is not opened again';
END $$;
CREATE TRIGGER cashbook_book_goes_on BEFORE UPDATE OR DELETE ON cashbook_book
  FOR EACH ROW EXECUTE FUNCTION cashbook_book_goes_on();
"""
# A transaction takes a slot nobody else holds and keeps it until it ends: writers on the same
# account and day change different rows, so that none waits and none can deadlock.
SUMS = """
CREATE FUNCTION cashbook_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  chosen smallint := 0;
BEGIN
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
CREATE TRIGGER cashbook_keep_sums AFTER INSERT ON cashbook_entryleg
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cashbook_keep_sums();
CREATE TRIGGER cashbook_sums_are_kept BEFORE INSERT OR UPDATE OR DELETE ON cashbook_accountday
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION cashbook_only_added_to();
"""
GONE = """
DROP TRIGGER cashbook_sums_are_kept ON cashbook_accountday;
DROP TRIGGER cashbook_keep_sums ON cashbook_entryleg;
DROP TRIGGER cashbook_book_goes_on ON cashbook_book;
DROP TRIGGER cashbook_day_is_open ON cashbook_entryleg;
DROP TRIGGER cashbook_leg_balances ON cashbook_entryleg;
DROP TRIGGER cashbook_entry_balances ON cashbook_entry;
DROP TRIGGER cashbook_deskclosing_stays ON cashbook_deskclosing;
DROP TRIGGER cashbook_dayclosing_stays ON cashbook_dayclosing;
DROP TRIGGER cashbook_leg_stays ON cashbook_entryleg;
DROP TRIGGER cashbook_entry_stays ON cashbook_entry;
DROP TRIGGER cashbook_account_stays ON cashbook_account;
DROP FUNCTION cashbook_keep_sums;
DROP FUNCTION cashbook_book_goes_on;
DROP FUNCTION cashbook_day_is_open;
DROP FUNCTION cashbook_entry_balances;
DROP FUNCTION cashbook_only_added_to;
"""


class Migration(migrations.Migration):
    dependencies = [("cashbook", "0001_books_drawers_closings")]

    operations = [migrations.RunSQL(STAYS + BALANCES + DAYS + SUMS, GONE)]
