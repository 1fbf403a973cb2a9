"""What a receipt says is never changed once it has its number, and none is deleted."""

from django.db import migrations

GUARD = """
CREATE FUNCTION receipts_issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a receipt is not deleted'; END IF;
  IF OLD.state = 'due' AND NEW.state IN ('due', 'issued', 'cancelled') THEN RETURN NEW; END IF;
  IF (NEW.code, NEW.order_code, NEW.agency_id, NEW.kind, NEW.nature, NEW.amount_vnd)
     IS DISTINCT FROM
     (OLD.code, OLD.order_code, OLD.agency_id, OLD.kind, OLD.nature, OLD.amount_vnd)
     OR (NEW.series_id, NEW.number, NEW.issued_on, NEW.typed_number, NEW.related_id)
     IS DISTINCT FROM
     (OLD.series_id, OLD.number, OLD.issued_on, OLD.typed_number, OLD.related_id)
     OR (NEW.content, NEW.payer_name) IS DISTINCT FROM (OLD.content, OLD.payer_name)
     OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id)
  THEN RAISE EXCEPTION 'an issued receipt is not changed'; END IF;
  IF (OLD.state IN ('replaced', 'cancelled') AND NEW.state <> OLD.state)
     OR (OLD.state <> 'due' AND NEW.state = 'due')
  THEN RAISE EXCEPTION 'an ended receipt does not come back'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipts_issued_stays BEFORE UPDATE OR DELETE ON receipts_receipt
  FOR EACH ROW EXECUTE FUNCTION receipts_issued_stays();
CREATE FUNCTION receipts_table_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a table that was sent is not changed';
END $$;
CREATE TRIGGER receipts_table_stays BEFORE UPDATE OR DELETE ON receipts_daytable
  FOR EACH ROW EXECUTE FUNCTION receipts_table_stays();
"""
NO_GUARD = """
DROP TRIGGER receipts_issued_stays ON receipts_receipt;
DROP FUNCTION receipts_issued_stays();
DROP TRIGGER receipts_table_stays ON receipts_daytable;
DROP FUNCTION receipts_table_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("receipts", "0001_receipts_and_their_series")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
