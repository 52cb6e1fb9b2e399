"""The worker process: does the chores until it is told to stop."""

import signal
from threading import Event

from portal import chores
from portal.factory import create_app


def main() -> None:
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    chores.run(create_app(), stop)


if __name__ == "__main__":
    main()
