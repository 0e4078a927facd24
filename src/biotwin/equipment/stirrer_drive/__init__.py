"""The motor and frequency converter that turn a stirrer, with a ramp."""
