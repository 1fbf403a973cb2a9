"""What came, what was done and what was asked for is never rewritten; notices keep their bytes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER payments_payment_stays BEFORE UPDATE OR DELETE ON payments_payment
  FOR EACH ROW EXECUTE FUNCTION payments_stays();
CREATE TRIGGER payments_move_stays BEFORE UPDATE OR DELETE ON payments_ordermove
  FOR EACH ROW EXECUTE FUNCTION payments_stays();
CREATE TRIGGER payments_order_not_deleted BEFORE DELETE ON payments_order
  FOR EACH ROW EXECUTE FUNCTION payments_stays();
CREATE TRIGGER payments_notice_not_deleted BEFORE DELETE ON payments_notice
  FOR EACH ROW EXECUTE FUNCTION payments_stays();
CREATE FUNCTION payments_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND (NEW.order_id, NEW.seq, NEW.subject, NEW.code, NEW.name, NEW.kind, NEW.amount_vnd,
          NEW.reason, NEW.rule, NEW.receipt_number)
       = (OLD.order_id, OLD.seq, OLD.subject, OLD.code, OLD.name, OLD.kind, OLD.amount_vnd,
          OLD.reason, OLD.rule, OLD.receipt_number)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what an order asks for is never changed';
END $$;
CREATE TRIGGER payments_line_stays BEFORE UPDATE OR DELETE ON payments_orderline
  FOR EACH ROW EXECUTE FUNCTION payments_line_stays();
CREATE FUNCTION payments_notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.outcome = ''
     AND (NEW.channel, NEW.received_at, NEW.method, NEW.path, NEW.query, NEW.body)
       = (OLD.channel, OLD.received_at, OLD.method, OLD.path, OLD.query, OLD.body)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a notice stays as it came, and is judged once';
END $$;
CREATE TRIGGER payments_notice_stays BEFORE UPDATE ON payments_notice
  FOR EACH ROW EXECUTE FUNCTION payments_notice_stays();
"""
NO_GUARD = """
DROP TRIGGER payments_notice_stays ON payments_notice;
DROP FUNCTION payments_notice_stays();
DROP TRIGGER payments_line_stays ON payments_orderline;
DROP FUNCTION payments_line_stays();
DROP TRIGGER payments_notice_not_deleted ON payments_notice;
DROP TRIGGER payments_order_not_deleted ON payments_order;
DROP TRIGGER payments_move_stays ON payments_ordermove;
DROP TRIGGER payments_payment_stays ON payments_payment;
DROP FUNCTION payments_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_orders_and_payments")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
