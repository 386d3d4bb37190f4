"""From the machine's proposal to a published, corrected article."""
