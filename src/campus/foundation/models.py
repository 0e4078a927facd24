"""The audit trail and the outbox.

The trail holds opaque ids (``user:12``), never a name or an address: a person can be forgotten
without breaking the chain.
"""

from __future__ import annotations

from django.db import models


class AuditRecord(models.Model):
    """Who did what to what, when and why; append-only, each record's hash covers the one before.

    ``content`` is canonical JSON (sorted keys, no spaces) of everything below it; ``digest`` is
    SHA-256(previous digest + content).
    """

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    content = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor} {self.verb} {self.subject}"


class OutboxItem(models.Model):
    """News written in the same transaction as what it tells of, delivered to its readers afterwards, at least once."""

    topic = models.CharField(max_length=80)
    body = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)
    delivered = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_fault = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
