from django.db import migrations

SAME_AGENCY = """
ALTER TABLE organisation_unit ADD CONSTRAINT organisation_parent_in_same_agency
    FOREIGN KEY (parent_id, agency_id) REFERENCES organisation_unit (id, agency_id)
    DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    """A parent is a unit of the same agency; tree versions are never used twice."""

    dependencies = [("organisation", "0001_agencies_units_posts")]

    operations = [
        migrations.RunSQL(
            SAME_AGENCY,
            "ALTER TABLE organisation_unit DROP CONSTRAINT organisation_parent_in_same_agency",
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE organisation_tree_version",
            "DROP SEQUENCE organisation_tree_version",
        ),
    ]
