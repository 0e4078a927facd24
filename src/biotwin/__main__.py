"""``python -m biotwin``: the same as the command ``biotwin``."""

import sys

from biotwin.cli import main

if __name__ == "__main__":
    sys.exit(main())
