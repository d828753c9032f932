"""`make run`: everything as children of one supervised command."""
