"""What is kept of a flight.

1. The journal (``JournalEntry``) is the flight: with the scenario, the seed and the engine it gives back every state.
2. Facts, keyframes and telemetry are derived; they may be deleted while the engine build lives.
3. A row of the journal is written once, by the process that holds the session's lease, and never changed.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    OPEN = "open", _("In flight")
    ENDED = "ended", _("Landed")
    DEBRIEFED = "debriefed", _("Debriefed")


class SeatRole(models.TextChoices):
    OPERATOR = "operator", _("Operator")
    INSTRUCTOR = "instructor", _("Instructor")
    OBSERVER = "observer", _("Observer")


class SimulatorSession(models.Model):
    """One flight. ``seed`` is secret while ``status`` is open; a restart resumes at ``durable_time``.

    ``received``: what a lot brought from the step before, as JSON; empty where the scenario begins by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.SlugField(max_length=80)
    scenario_digest = models.CharField(max_length=64)
    plant_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=80)
    platform = models.CharField(max_length=200)
    schema = models.PositiveSmallIntegerField(default=1)
    seed = models.CharField(max_length=32)
    received = models.TextField(blank=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN, db_index=True)
    assessed = models.BooleanField(default=True)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="branches")
    branch_time = models.BigIntegerField(null=True)
    durable_time = models.BigIntegerField(default=0)
    running = models.BooleanField(default=False)
    facts = models.PositiveIntegerField(default=0)
    news = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=120, blank=True)
    lease_number = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.scenario} {self.id}"


class Seat(models.Model):
    """A place at a session; a journal names seats, never people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=12, choices=SeatRole.choices)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    withdrawn = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "user"], condition=models.Q(user__isnull=False),
                                    name="one_seat_per_person"),
            models.UniqueConstraint(fields=["session", "visitor"], condition=~models.Q(visitor=""),
                                    name="one_seat_per_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class JournalEntry(models.Model):
    """An accepted input: ``time`` is the tick boundary (simulated ms) at which it applies; ``body`` its JSON."""

    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="journal")
    number = models.PositiveIntegerField()
    time = models.BigIntegerField()
    seat = models.CharField(max_length=40)
    command = models.CharField(max_length=64, null=True)
    schema = models.PositiveSmallIntegerField(default=1)
    body = models.TextField()
    written = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(fields=["session", "command"], name="one_entry_per_command"),
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.time}"


class FactRecord(models.Model):
    """What happened, as it was told. ``number`` counts all facts of the session (clock news have none);
    ``seq`` is the wire's number, which hidden facts do not have: a learner sees no gap where the truth is.
    """

    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="fact_records")
    number = models.PositiveIntegerField(null=True)
    seq = models.PositiveIntegerField(null=True)
    time = models.BigIntegerField()
    hidden = models.BooleanField(default=False)
    body = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "seq"], name="one_news_per_seq"),
            models.UniqueConstraint(fields=["session", "number"], name="one_fact_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.seq or self.number} at {self.time}"


class Keyframe(models.Model):
    """The state at a tick, with its digest: a replay that reaches this tick must give the same bits."""

    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="keyframes")
    time = models.BigIntegerField()
    journal_number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    schema = models.PositiveSmallIntegerField(default=1)
    snapshot = models.BinaryField()

    class Meta:
        ordering = ("time",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "time", "journal_number"], name="one_keyframe_per_tick"),
        ]

    def __str__(self) -> str:
        return f"keyframe at {self.time}"


class TelemetryChunk(models.Model):
    """Telemetry of a closed flight, compressed, in the binary form of ``history``. ``run``: ``seat`` (what was observed
    live), or one of a debrief's runs (``mine``, ``nothing``, ``reference``, with the true curves).
    """

    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="telemetry")
    run = models.CharField(max_length=12, default="seat")
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    schema = models.PositiveSmallIntegerField(default=1)
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "run"], name="one_chunk_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.start}..{self.end}"


class DebriefRecord(models.Model):
    """A debrief as it was computed, once, when the flight was over; under one engine build."""

    session = models.OneToOneField(SimulatorSession, on_delete=models.CASCADE, related_name="debrief")
    engine = models.CharField(max_length=80)
    schema = models.PositiveSmallIntegerField(default=1)
    body = models.TextField(blank=True)
    fault = models.TextField(blank=True)
    computed = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"debrief of {self.session_id}"


class ShareLink(models.Model):
    """Leave to read one debrief, until ``expires`` or until it is withdrawn; the address carries a signature."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(SimulatorSession, on_delete=models.CASCADE, related_name="links")
    created_by = models.CharField(max_length=80)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link to {self.session_id}"
