"""A tunnel of hot air that frees empty vials of endotoxin on their way to the filler."""
