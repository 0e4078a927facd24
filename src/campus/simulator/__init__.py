"""Flights: the session host, the journal's writer, the wire, the cockpit and the debrief."""
