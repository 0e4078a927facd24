"""Walk the audit trail's chain and say whether it is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campus.foundation.models import AuditRecord
from campus.foundation.services import broken_record


class Command(BaseCommand):
    help = "Verify the audit trail's hash chain."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = broken_record()
        if broken is not None:
            raise CommandError(f"The audit trail is broken at record {broken}: changed or removed outside the campus.")
        self.stdout.write(f"The audit trail is whole: {AuditRecord.objects.count()} records.")
