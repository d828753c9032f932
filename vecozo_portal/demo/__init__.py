"""Demo data: three invented organisations, their people, and a history that was made through the services."""
