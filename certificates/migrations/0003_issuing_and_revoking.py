"""What the portal issues itself: certificates made ready, revoked and listed, and reminders of their ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_versions_raised_by_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpiryReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveSmallIntegerField(verbose_name="dagen van tevoren")),
                ("reminded_at", models.DateTimeField(verbose_name="herinnerd op")),
            ],
            options={
                "verbose_name": "herinnering aan een einde",
                "verbose_name_plural": "herinneringen aan een einde",
                "ordering": ("-reminded_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Readiness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_ready_at", models.DateTimeField(verbose_name="klaargezet op")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="afgelopen op")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("installed", "Geïnstalleerd"),
                            ("removed", "Niet op tijd geïnstalleerd"),
                            ("withdrawn", "Account verwijderd"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="afloop",
                    ),
                ),
            ],
            options={
                "verbose_name": "klaargezet certificaat",
                "verbose_name_plural": "klaargezette certificaten",
                "ordering": ("-made_ready_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RevocationList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority", models.CharField(max_length=60, unique=True, verbose_name="uitgever")),
                ("number", models.PositiveBigIntegerField(verbose_name="nummer")),
                ("content", models.BinaryField(verbose_name="inhoud (DER)")),
                ("entries", models.TextField(verbose_name="wat erin staat")),
                ("signed_at", models.DateTimeField(verbose_name="ondertekend op")),
                ("next_at", models.DateTimeField(verbose_name="uiterlijk vervangen op")),
            ],
            options={
                "verbose_name": "intrekkingslijst",
                "verbose_name_plural": "intrekkingslijsten",
                "ordering": ("authority",),
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="authority",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=60, verbose_name="uitgegeven door"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="key_fingerprint",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=64,
                verbose_name="vingerafdruk van de sleutel",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revocation_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("key_compromise", "Sleutel kwijt of gestolen"),
                    ("superseded", "Vervangen door een nieuw certificaat"),
                    ("cessation", "Niet meer nodig"),
                    ("privilege_withdrawn", "Account verwijderd of recht vervallen"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="reden van intrekking",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revoked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ingetrokken door",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("state", "revoked")),
                fields=["authority", "valid_until"],
                name="certificate_revocation_list",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("authority", ""), _negated=True),
                fields=["authority", "serial"],
                name="certificate_by_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("authority", ""),
                    models.Q(("state", "revoked"), _negated=True),
                    models.Q(("revoked_at__isnull", False), models.Q(("revocation_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="certificate_revoked_when_and_why",
            ),
        ),
        migrations.AddField(
            model_name="expiryreminder",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="certificates.certificate",
                verbose_name="certificaat",
            ),
        ),
        migrations.AddField(
            model_name="readiness",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ready_certificates",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddField(
            model_name="readiness",
            name="made_ready_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="klaargezet door",
            ),
        ),
        migrations.AddConstraint(
            model_name="expiryreminder",
            constraint=models.UniqueConstraint(fields=("certificate", "days"), name="reminder_once_each"),
        ),
        migrations.AddConstraint(
            model_name="readiness",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("account",), name="readiness_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="readiness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at", None)),
                    models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                    _connector="OR",
                ),
                name="readiness_end",
            ),
        ),
    ]
