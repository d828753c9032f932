"""When a removal becomes final, what it goes back to when undone, and who asked."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("requested", "Aangevraagd"),
    ("issued", "Nog te activeren"),
    ("active", "Actief"),
    ("expired", "Verlopen"),
    ("removal_pending", "Wordt verwijderd"),
    ("removed", "Verwijderd"),
]

# Until now only demo data had such an account. It can be put back for as long as one that is removed now.
KNOWS_ITS_END = """
UPDATE accounts_account SET removal_final_at = now() + interval '30 minutes', state_before_removal = 'active'
WHERE state = 'removal_pending'
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_addresses_have_a_public_id")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="removal_asked_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verwijderd door",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="removal_final_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="definitief verwijderd op"),
        ),
        migrations.AddField(
            model_name="account",
            name="state_before_removal",
            field=models.CharField(
                blank=True,
                choices=STATES,
                db_default="",
                default="",
                editable=False,
                max_length=20,
                verbose_name="status voor verwijderen",
            ),
        ),
        migrations.RunSQL(KNOWS_ITS_END, migrations.RunSQL.noop),
        AddConstraintNotValid(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=~Q(state="removal_pending")
                | (Q(removal_final_at__isnull=False) & ~Q(state_before_removal="")),
                name="account_removal_knows_its_end",
            ),
        ),
    ]
