"""Close the demo people's accounts: a database that was tried locally and is now served to others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from campus.accounts.models import User
from campus.accounts.services import close_account


class Command(BaseCommand):
    help = "Close the accounts of all demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        for user in User.objects.filter(is_demo=True, is_active=True):
            close_account(user=user, actor="command", reason="demo people removed")
            self.stdout.write(f"{user.username} is closed.")
