from django.db import migrations

WORDS = """
CREATE TABLE dossiers_search (
  dossier_id bigint PRIMARY KEY REFERENCES dossiers_dossier (id) DEFERRABLE INITIALLY DEFERRED,
  sort_at timestamptz NOT NULL,
  exact_words tsvector NOT NULL,
  folded_words tsvector NOT NULL
);
"""


class Migration(migrations.Migration):
    """Dossiers are found through the search room; `motcua search rebuild dossier` fills it."""

    dependencies = [("dossiers", "0006_assignment_rules")]
    operations = [migrations.RunSQL("DROP TABLE dossiers_search", WORDS)]
