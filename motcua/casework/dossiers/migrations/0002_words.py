from django.db import migrations

WORDS = """
CREATE TABLE dossiers_search (
  dossier_id bigint PRIMARY KEY,
  sort_at timestamptz NOT NULL,
  exact_words tsvector NOT NULL,
  folded_words tsvector NOT NULL
);
CREATE INDEX dossiers_search_exact ON dossiers_search USING gin (exact_words);
CREATE INDEX dossiers_search_folded ON dossiers_search USING gin (folded_words);
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_dossiers_and_parts")]
    operations = [migrations.RunSQL(WORDS, "DROP TABLE dossiers_search")]
