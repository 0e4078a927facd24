"""The roof: settings, addresses, the ASGI application and the commands of ``python -m campus``."""
