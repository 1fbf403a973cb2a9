"""The text that sets the amounts: its day and who issued it; both stay once published."""

from django.db import migrations, models

BODY = """
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state <> 'draft'
     AND (NEW.table_id, NEW.number, NEW.valid_from, NEW.basis, NEW.model, NEW.digest, NEW.examples)
       = (OLD.table_id, OLD.number, OLD.valid_from, OLD.basis, OLD.model, OLD.digest, OLD.examples)
     AND (NEW.published_by_name, NEW.published_at) = (OLD.published_by_name, OLD.published_at)
     {more}
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a published fee table is not changed';
END
"""
REPLACE = "CREATE OR REPLACE FUNCTION fees_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$"
MORE = """AND NEW.basis_on IS NOT DISTINCT FROM OLD.basis_on
     AND NEW.basis_issuer = OLD.basis_issuer"""


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_what_is_published_stays")]

    operations = [
        migrations.AddField(
            "feetableversion",
            "basis_on",
            models.DateField("ngày văn bản", null=True, blank=True),
        ),
        migrations.AddField(
            "feetableversion",
            "basis_issuer",
            models.CharField("cơ quan ban hành", max_length=200, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            "feetableversion",
            "basis",
            models.CharField("số, ký hiệu văn bản quy định", max_length=500),
        ),
        migrations.RunSQL(
            REPLACE + BODY.format(more=MORE) + "$$", REPLACE + BODY.format(more="") + "$$"
        ),
    ]
