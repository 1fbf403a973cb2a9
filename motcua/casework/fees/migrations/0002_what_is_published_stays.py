"""A published version of a fee table is never rewritten: only how it ends."""

from django.db import migrations

GUARD = """
CREATE FUNCTION fees_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state <> 'draft'
     AND (NEW.table_id, NEW.number, NEW.valid_from, NEW.basis, NEW.model, NEW.digest, NEW.examples)
       = (OLD.table_id, OLD.number, OLD.valid_from, OLD.basis, OLD.model, OLD.digest, OLD.examples)
     AND (NEW.published_by_name, NEW.published_at) = (OLD.published_by_name, OLD.published_at)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a published fee table is not changed';
END $$;
CREATE TRIGGER fees_published_stays BEFORE UPDATE OR DELETE ON fees_feetableversion
  FOR EACH ROW EXECUTE FUNCTION fees_published_stays();
"""
NO_GUARD = """
DROP TRIGGER fees_published_stays ON fees_feetableversion;
DROP FUNCTION fees_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_tables_and_versions")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
