"""The door for software: a bare callable on granian, without Django's request machinery."""
