"""Users: Django's own, with one mark more."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody with a login; what they may do is their groups' (see `detente.desk.roles`)."""

    must_change_password = models.BooleanField(default=False)  # a one-time password was handed out
