"""A disc-stack centrifuge for harvest: clarifies, fills with solids, shoots them out, breaks cells on the way in."""
