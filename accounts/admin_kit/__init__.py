"""What the pages of Support's admin are made of, on every floor. Registers nothing."""
