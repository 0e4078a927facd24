"""Where a shipment is: legs with their clock, weather, sun, cooled holds, and departures that are missed."""
