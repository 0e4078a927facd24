"""Create a person from the command line: the first administrator of a production campus."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from campus.accounts.models import Role, User
from campus.accounts.services import create_person


class Command(BaseCommand):
    help = "Create a person with one role; the password is read from the terminal or from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.values, default=Role.LEARNER.value)

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username__iexact=options["username"]).exists():
            raise CommandError(f"{options['username']} exists already.")
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            create_person(username=options["username"], name=options["name"] or options["username"], password=password,
                          role=Role(options["role"]), actor="command")
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from None
        self.stdout.write(f"{options['username']} is now {options['role']}.")
