"""The audit trail cannot be changed or shortened, not even by a program of ours (SQLite: triggers)."""

from django.db import migrations

RAISE = """
CREATE TRIGGER audit_{name} BEFORE {what} ON foundation_auditrecord
BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for what in ("UPDATE", "DELETE"):
            schema_editor.execute(RAISE.format(name=what.lower(), what=what))


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for what in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER audit_{what}")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
