"""A tangential-flow skid for ultrafiltration and diafiltration, with its retentate tank, as one lumped drawer."""
