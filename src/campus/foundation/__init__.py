"""What every room stands on: audit trail, outbox, extension points, the base page, health and metrics."""
