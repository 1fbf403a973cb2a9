"""What a search reads besides the index is kept below 256 kB; 4 MB of it took longer than all else."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    """Change a setting of the index where it stands: nothing is built anew."""

    dependencies = [("search", "0001_entries")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX search_terms SET (gin_pending_list_limit = 256)",
                    "ALTER INDEX search_terms RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex(model_name="searchentry", name="search_terms"),
                migrations.AddIndex(
                    model_name="searchentry",
                    index=GinIndex(
                        fields=["terms", "scope_ids"],
                        name="search_terms",
                        gin_pending_list_limit=256,
                    ),
                ),
            ],
        )
    ]
