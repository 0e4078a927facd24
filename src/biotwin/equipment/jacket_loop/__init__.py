"""The tempering loop of a jacket: circulation pump, chilled-water exchanger, electric heater."""
