"""What a published version says stays, whoever writes: dossiers are bound to it."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION procedures_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published version is not changed';
END
$$
"""
TRIGGER = """
CREATE TRIGGER procedures_published_stays
BEFORE UPDATE OF procedure_id, number, valid_from, source, digest ON procedures_procedureversion
FOR EACH ROW WHEN (
  OLD.state IN ('published', 'withdrawn')
  AND (OLD.procedure_id, OLD.number, OLD.valid_from, OLD.source, OLD.digest)
    IS DISTINCT FROM (NEW.procedure_id, NEW.number, NEW.valid_from, NEW.source, NEW.digest)
) EXECUTE FUNCTION procedures_published_stays()
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_english_texts")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION procedures_published_stays()"),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER procedures_published_stays ON procedures_procedureversion"
        ),
    ]
