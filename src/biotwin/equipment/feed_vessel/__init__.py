"""A bottle, bag or tank that hands over its material, and that runs empty."""
