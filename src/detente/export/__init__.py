"""Our records in everybody else's formats."""
