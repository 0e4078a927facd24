"""The ASGI application: static files, sockets, pages, and the life of the session host."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.site.settings.production")
pages = get_asgi_application()

from asgiref.sync import sync_to_async  # noqa: E402  (models exist only after Django is set up)
from django.conf import settings  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from campus.accounts.services import demo_people_out_of_place  # noqa: E402
from campus.foundation import extensions, services  # noqa: E402
from campus.simulator import host as hosts  # noqa: E402
from campus.simulator.consumer import socket  # noqa: E402
from campus.simulator.worker import WORKER  # noqa: E402
from campus.site.static_files import static_file  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
DELIVER_S = 1.0
CLEAN_EVERY = 60
log = logging.getLogger("campus.site")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Everything that reaches this server."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "websocket":
        await socket(scope, receive, send)
    elif scope["path"].startswith(settings.STATIC_URL):
        await static_file(scope, receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]


async def _live(receive: Receive, send: Send) -> None:
    """Start the host, keep house, drain on SIGTERM."""
    await receive()
    try:
        if fault := await sync_to_async(demo_people_out_of_place)():
            raise ImproperlyConfigured(f"This campus refuses to start: {fault}")
        host = hosts.Host()
        hosts.install(host)
        await host.start()
    except Exception as fault:
        await send({"type": "lifespan.startup.failed", "message": str(fault)})
        return
    house = asyncio.create_task(_keep_house())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    house.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await house
    await host.drain()
    hosts.install(None)
    WORKER.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _keep_house() -> None:
    """Deliver news every second, clean every minute; one failing piece of work stops nothing."""
    seconds = 0
    while True:
        await asyncio.sleep(DELIVER_S)
        seconds += 1
        jobs = [services.deliver, *(extensions.cleanings() if seconds % CLEAN_EVERY == 0 else ())]
        for job in jobs:
            try:
                await asyncio.to_thread(job)
            except Exception:
                log.exception("Housekeeping failed: %s", getattr(job, "__name__", job))
