"""What everybody reads: front page, articles, feeds."""
