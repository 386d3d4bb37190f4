"""The desk: a Django site on the ledger, where analysts review, editors publish, and readers read, like and comment.

    detente desk                       the demo, on http://127.0.0.1:8000
    DJANGO_SETTINGS_MODULE=detente.desk.settings python -m django …

Where things go stands in docs/explanation/desk.md. Nothing outside the command line imports this room.
"""
