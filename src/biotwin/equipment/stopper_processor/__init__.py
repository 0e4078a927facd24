"""A processor for vial stoppers: air out, steam for sterility, hot air for dryness."""
