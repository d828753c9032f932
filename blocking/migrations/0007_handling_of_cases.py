"""Names for what is new in lifting: callers that were signed in, cases of Support itself, breaking the glass."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blocking", "0006_versions_raised_by_the_database"),
    ]

    operations = [
        migrations.AlterField(
            model_name="block",
            name="lift_caller",
            field=models.CharField(
                blank=True,
                choices=[
                    ("contact_person", "Contactpersoon"),
                    ("account_holder", "Rechtmatige gebruiker"),
                    ("support", "Niemand: Support zelf"),
                ],
                max_length=20,
                verbose_name="op verzoek van",
            ),
        ),
        migrations.AlterField(
            model_name="block",
            name="lift_channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("user_administration", "Gebruikersbeheer"),
                    ("phone", "Telefoon"),
                    ("email", "E-mail"),
                    ("portal", "Portaal"),
                    ("break_glass", "Noodcommando"),
                ],
                max_length=20,
                verbose_name="via",
            ),
        ),
        migrations.AlterField(
            model_name="supportcase",
            name="caller_check",
            field=models.CharField(
                blank=True,
                choices=[
                    ("signed_in", "Ingelogd in het portaal"),
                    ("portal_code", "Code uit de Berichtenbox"),
                    ("call_back", "Teruggebeld op het geregistreerde nummer"),
                    ("registered_email", "Van of naar het geregistreerde e-mailadres"),
                ],
                max_length=20,
                verbose_name="hoe gecontroleerd",
            ),
        ),
        migrations.AlterField(
            model_name="supportcase",
            name="caller_role",
            field=models.CharField(
                choices=[
                    ("contact_person", "Contactpersoon"),
                    ("account_holder", "Rechtmatige gebruiker"),
                    ("support", "Niemand: Support zelf"),
                ],
                max_length=20,
                verbose_name="wie vraagt het",
            ),
        ),
    ]
