"""`python -m detente.train`."""

from detente.train import main

raise SystemExit(main())
