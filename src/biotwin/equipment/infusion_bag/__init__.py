"""From vials to the vein: opening, reconstituting, drawing up, diluting in a bag, and the line to the patient."""
