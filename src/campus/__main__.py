from __future__ import annotations

import sys

from campus.site.commands import main

sys.exit(main())
