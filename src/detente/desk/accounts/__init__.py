"""Who works here: users, login, passwords."""
