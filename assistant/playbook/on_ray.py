"""A scan on Ray: each task is a shard of the customers, and what comes back is one scan's answer."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.playbook.scan import History, Scanned, scan, together

LOCAL = "local"
"""The address of a Ray that is started on this machine and ended after the scan."""
LOOPBACK: dict[str, Any] = {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
QUIET: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}


def scan_on_ray(
    pack: Pack,
    place: Path | str,
    now: dt.datetime,
    history: History | None = None,
    address: str = LOCAL,
    shards: int | None = None,
) -> Scanned:
    """The scan that `scan` makes, shared out by customer: one shard a core of the cluster, unless `shards` are given.

    Every node must see `place`. Raises InputError where Ray is not installed or no cluster answers at `address`, and
    whatever `scan` raises.
    """
    place = str(Path(place).resolve())
    with _ray(address) as ray:
        count = shards or max(1, int(ray.cluster_resources().get("CPU", 1)))
        # Tasks, not Ray Data: its own start costs ten times what the shards of a town cost, and it reads no bad rows.
        task, shared = ray.remote(_shard), ray.put((pack, place, now, history))
        try:
            return together(ray.get([task.remote(shared, (number, count)) for number in range(count)]))
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None


def _shard(given: tuple[Pack, str, dt.datetime, History | None], shard: tuple[int, int]) -> Scanned:
    return scan(*given, shard, threads=1)


@contextmanager
def _ray(address: str) -> Iterator[Any]:
    """Ray, connected; one that runs in this process already is used and left running."""
    try:
        import ray
    except ImportError:
        raise InputError("Ray is not installed.", "Install it: pip install 'copydesk[ray]'.") from None
    own = not ray.is_initialized()
    if own:
        try:
            ray.init(address, **QUIET, **(LOOPBACK if address == LOCAL else {}))
        except ConnectionError as error:
            raise InputError(
                f"No Ray cluster answers at {address} ({str(error).splitlines()[0]}).",
                "Mend COPYDESK_RAY_ADDRESS, or leave it out: then Ray starts on this machine.",
            ) from None
    try:
        yield ray
    finally:
        if own:
            ray.shutdown()
