"""What is watched: theatres, dyads, incidents, actors, tripwires, coverage."""
