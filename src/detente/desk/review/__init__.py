"""What analysts correct: the queue and its decisions."""
