from django.db import migrations, models


class Migration(migrations.Migration):
    """A reason more to choose from: nothing changes in the database."""

    dependencies = [
        ("blocking", "0021_notices_of_every_change"),
    ]

    operations = [
        migrations.AlterField(
            model_name="block",
            name="lift_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("forgotten", "Vergeten"),
                    ("caps_lock", "Caps Lock of Num Lock"),
                    ("new_device", "Nieuw apparaat of nieuwe browser"),
                    ("attack", "Aanval van buiten"),
                    ("other", "Anders"),
                ],
                max_length=20,
                verbose_name="reden van opheffen",
            ),
        ),
    ]
