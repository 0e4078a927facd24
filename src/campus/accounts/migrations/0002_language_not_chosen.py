"""A language that was never chosen is empty: until now it was stored as French, like French that was chosen."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_default(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("accounts", "User").objects.filter(language="fr").update(language="")


def restore_default(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("accounts", "User").objects.filter(language="").update(language="fr")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True, default="", max_length=2, verbose_name="language",
                choices=[("", "As chosen on the page"), ("fr", "Français"), ("en", "English")]),
        ),
        migrations.RunPython(forget_default, restore_default),
    ]
