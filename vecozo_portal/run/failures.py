"""What ends a run, in words for who typed the command."""


class RunFailure(Exception):
    """The run cannot begin or go on; the text is one clear sentence, perhaps with the end of a log behind it."""


class StopAsked(Exception):
    """Ctrl-C, SIGTERM or SIGHUP arrived while things were still being started."""
