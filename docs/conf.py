"""Sphinx for both languages: `make docs` builds docs/en and docs/fr with this one file."""

project = "Campus Biotech Digital"
author = "the contributors"
copyright = "the contributors, CC BY 4.0"
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"fixed_sidebar": True, "show_powered_by": False, "page_width": "1100px"}
html_copy_source = False
