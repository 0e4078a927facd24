"""Give the demo people new passwords and print them once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campus.accounts.services import create_demo_people, reset_demo_people


class Command(BaseCommand):
    help = "New random passwords for the demo people (local settings only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CAMPUS_DEMO_ALLOWED:
            raise CommandError("Demo people exist only on a local campus (make run).")
        for username, password, role in create_demo_people() or reset_demo_people():
            self.stdout.write(f"  {username:15s} {password:20s} {role}")
