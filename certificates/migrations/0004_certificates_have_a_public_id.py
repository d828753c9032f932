import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses of pages name a certificate by this, not by the number of its row.

    The database gives the value, so that rows that are there get one each, and so do those that the version before
    still makes. There are some thousands of them in all: writing them anew takes less than a second.
    """

    dependencies = [
        ("certificates", "0003_issuing_and_revoking"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="public_id",
            field=models.UUIDField(
                db_default=RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
                verbose_name="openbaar kenmerk",
            ),
        ),
    ]
