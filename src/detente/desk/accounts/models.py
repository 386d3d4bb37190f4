"""Users: Django's own, with one mark more."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody with a login; what they may do is their groups' (see `detente.desk.roles`)."""

    must_change_password = models.BooleanField(default=False)  # a one-time password was handed out


class Token(models.Model):
    """A key to the API in the hand of a program; what it may do is what its user may."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)  # what it is for
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
