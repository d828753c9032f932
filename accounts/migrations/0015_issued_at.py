from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when an account may be activated. Who waits already gets the whole time, counted from now."""

    dependencies = [
        ("accounts", "0014_removals_that_are_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="issued_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="uitgegeven op"),
        ),
        migrations.RunSQL(
            "UPDATE accounts_account SET issued_at = now() WHERE state = 'issued'", migrations.RunSQL.noop
        ),
    ]
