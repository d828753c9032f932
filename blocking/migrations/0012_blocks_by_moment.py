"""Recent blocks are found by their moment; the index is built while the portal goes on working."""

from django.db import migrations, models

BUILT = "CREATE INDEX CONCURRENTLY IF NOT EXISTS block_by_moment ON blocking_block (opened_at)"
GONE = "DROP INDEX CONCURRENTLY IF EXISTS block_by_moment"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("blocking", "0011_episodes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(BUILT, GONE)],
            state_operations=[
                migrations.AddIndex(
                    model_name="block",
                    index=models.Index(fields=["opened_at"], name="block_by_moment"),
                ),
            ],
        ),
    ]
