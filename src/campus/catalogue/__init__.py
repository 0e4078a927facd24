"""What can be flown: the home page, the list of scenarios, and each one's brief."""
