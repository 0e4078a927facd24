"""An aseptic sampling port: volume drawn, carry-over, risk of contamination."""
