"""What proved nothing may go after six weeks; everything else a partner told us stays."""

from django.db import migrations

GOES = """
CREATE FUNCTION payments_notice_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.outcome <> '' AND NOT OLD.is_asked AND OLD.is_genuine IS NOT TRUE
     AND OLD.received_at < now() - interval '6 weeks'
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'what a partner told us is never removed';
END $$;
DROP TRIGGER payments_notice_not_deleted ON payments_notice;
CREATE TRIGGER payments_notice_not_deleted BEFORE DELETE ON payments_notice
  FOR EACH ROW EXECUTE FUNCTION payments_notice_goes();
"""
STAYS = """
DROP TRIGGER payments_notice_not_deleted ON payments_notice;
DROP FUNCTION payments_notice_goes();
CREATE TRIGGER payments_notice_not_deleted BEFORE DELETE ON payments_notice
  FOR EACH ROW EXECUTE FUNCTION payments_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_parcels_of_the_post")]

    operations = [migrations.RunSQL(GOES, STAYS)]
