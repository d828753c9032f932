"""What the gate is measured beside, on the same server and the same store."""
