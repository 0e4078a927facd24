"""What is kept of a lot that is flown through a whole chain.

1. ``lot`` is the lot itself (``biotwin.chain.Lot`` as JSON): every leg with what came in and what went out.
2. A leg flown by hand is a session of the simulator, linked by ``LotSession``; its journal stays there.
3. ``outcome`` is derived from the two, once, when the lot is through.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LotStatus(models.TextChoices):
    MOVING = "moving", _("On autopilot")
    WAITING = "waiting", _("Waiting for you")
    IN_HAND = "in_hand", _("At your controls")
    OVER = "over", _("Through")
    FAULT = "fault", _("Stopped by a fault")


class LotFlight(models.Model):
    """A lot. ``stops``: the stations that its owner wants to fly; ``seed`` is secret until the lot is through."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.SlugField(max_length=80)
    chain_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=80)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.CharField(max_length=64, blank=True)
    stops = models.JSONField(default=list)
    status = models.CharField(max_length=12, choices=LotStatus.choices, default=LotStatus.MOVING, db_index=True)
    fault = models.CharField(max_length=400, blank=True)
    schema = models.PositiveSmallIntegerField(default=1)
    lot = models.TextField()
    outcome = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.chain} {self.id}"


class LotSession(models.Model):
    """A leg in somebody's hands: the session that flies it."""

    flight = models.ForeignKey(LotFlight, on_delete=models.CASCADE, related_name="sessions")
    station = models.SlugField(max_length=80)
    session = models.OneToOneField("simulator.SimulatorSession", on_delete=models.CASCADE, related_name="lot")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["flight", "station"], name="one_session_per_station"),
        ]

    def __str__(self) -> str:
        return f"{self.station} of {self.flight_id}"


class LotQuality(models.Model):
    """A lot before quality in somebody's hands: ``entries``: the release's journal (JSON), ``time``: ms of the lot."""

    flight = models.OneToOneField(LotFlight, on_delete=models.CASCADE, related_name="quality")
    time = models.BigIntegerField()
    entries = models.TextField(default="[]")
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"quality of {self.flight_id}"
