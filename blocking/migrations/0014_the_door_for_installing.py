"""The door where certificates are installed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blocking", "0013_email_changes_can_be_denied"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="door",
            field=models.CharField(
                choices=[
                    ("sign_in", "Inloggen"),
                    ("forgotten_password", "Wachtwoord vergeten"),
                    ("change_password", "Wachtwoord wijzigen"),
                    ("change_email", "E-mailadres wijzigen"),
                    ("installing", "Certificaat installeren"),
                ],
                max_length=20,
                verbose_name="deur",
            ),
        ),
    ]
