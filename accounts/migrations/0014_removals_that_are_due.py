"""Nobody waits while the accounts there are are looked through."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

BUILT = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS account_removal_due ON accounts_account (removal_final_at)
WHERE state = 'removal_pending'
"""
GONE = "DROP INDEX CONCURRENTLY IF EXISTS account_removal_due"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0013_removal_of_accounts")]

    operations = [
        ValidateConstraint(model_name="account", name="account_removal_knows_its_end"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(BUILT, GONE)],
            state_operations=[
                migrations.AddIndex(
                    model_name="account",
                    index=models.Index(
                        condition=Q(state="removal_pending"), fields=["removal_final_at"], name="account_removal_due"
                    ),
                ),
            ],
        ),
    ]
