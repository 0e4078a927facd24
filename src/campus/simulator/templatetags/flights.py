"""What the flights' pages need to say in a template."""

from __future__ import annotations

from django import template

from campus.simulator.models import ShareLink
from campus.simulator.selectors import link_token

register = template.Library()


@register.filter
def token(link: ShareLink) -> str:
    """The signed token of a share link."""
    return link_token(link)
