"""The air over open vials: particles, microbes, decontamination, gloves, and the plates that see little of it."""
