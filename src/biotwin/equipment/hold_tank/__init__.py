"""A tank or bag that holds any liquid of the line: what comes in is in it, handed on, spilt, leaked or sampled."""
