"""Attacks: many blocks seen as one. A block itself is left as it is, for lifted ones never change."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blocking", "0010_notices_that_can_be_denied"),
    ]

    operations = [
        migrations.CreateModel(
            name="Episode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="openbaar kenmerk"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("source", "Vanaf één plek"), ("burst", "Veel accounts binnen enkele minuten")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=43, verbose_name="van één plek")),
                ("began_at", models.DateTimeField(verbose_name="begonnen op")),
                ("last_at", models.DateTimeField(verbose_name="laatste blokkade")),
            ],
            options={
                "verbose_name": "aanval",
                "verbose_name_plural": "aanvallen",
                "ordering": ("-began_at", "-id"),
                "indexes": [models.Index(fields=["-last_at"], name="episode_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "source"), models.Q(("source", ""), _negated=True)),
                            models.Q(("kind", "burst"), ("source", "")),
                            _connector="OR",
                        ),
                        name="episode_source_as_its_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Victim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "block",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="victim",
                        to="blocking.block",
                        verbose_name="blokkade",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="victims",
                        to="blocking.episode",
                        verbose_name="aanval",
                    ),
                ),
            ],
            options={
                "verbose_name": "getroffen account",
                "verbose_name_plural": "getroffen accounts",
                "ordering": ("pk",),
            },
        ),
    ]
