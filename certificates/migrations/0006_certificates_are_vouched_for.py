from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_uzi_cards")]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="vouched_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="meegeteld sinds"),
        ),
    ]
