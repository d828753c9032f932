"""The roof: environment, settings, addresses, worker, engines, health."""
