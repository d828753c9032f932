import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses of pages name an address by this, not by the number of its row.

    The database gives the value, so that rows that are there get one each, and so do those that the version before
    still makes. There are some dozens of them in an organisation: writing them anew holds nobody up.
    """

    dependencies = [
        ("accounts", "0011_passkeys"),
    ]

    operations = [
        migrations.AddField(
            model_name="registeredaddress",
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
