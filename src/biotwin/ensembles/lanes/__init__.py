"""Members flown side by side in the vector lanes of one core: eight numbers where an ordinary kernel has one.

The laws, the drawers and the generated loop over them are the very sources of the ordinary kernel: only the types of
their arguments differ (``numbers``, ``functions``, ``buffers``), so that Numba compiles them a second time. Every
operation is the ordinary one in each lane, hence every member is equal to the bit to the same member flown alone.
"""
