"""Support cases: a module per group of acts. `blocking.services` is the door."""
