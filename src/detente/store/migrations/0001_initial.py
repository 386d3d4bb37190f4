"""The first tables: topics, entries, marks, and the triggers that keep entries as they are."""

import django.db.models.deletion
from django.db import migrations, models

from detente.store import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=500, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=400)),
                ("known_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("digest", models.BinaryField(max_length=16)),
                ("body", models.BinaryField(null=True)),
                ("blob", models.BinaryField(null=True)),
                (
                    "erased",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("known_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.topic"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "key", "known_at", "id"], name="ledger_entry_version"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "known_at", "id"], name="ledger_entry_known"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("erased__isnull", False)), fields=["erased"], name="ledger_entry_erased"
            ),
        ),
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(fields=["topic", "known_at", "entry"], name="ledger_mark_topic"),
        ),
        migrations.RunPython(guard.install, guard.remove),
    ]
