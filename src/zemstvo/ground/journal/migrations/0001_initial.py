"""The tables of the journal, and the triggers with which the database refuses to change them.

Safe while the site runs: everything here is new. Undo: drops the tables, and the journal with them.
"""

from django.db import migrations, models

from zemstvo.ground.journal.triggers import install_triggers


def put_triggers_up(apps, schema_editor):
    install_triggers(schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('note', models.TextField()),
            ],
            options={
                'db_table': 'journal_checkpoint',
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('seq', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(editable=False, unique=True)),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'journal_fact',
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(unique=True)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'journal_leaf',
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('task', models.UUIDField(primary_key=True, serialize=False)),
                ('worker', models.CharField(max_length=64)),
                ('until', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_lease',
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'journal_node',
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('next_leaf', models.BigIntegerField(default=0)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('retry_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'db_table': 'journal_reader',
            },
        ),
        migrations.CreateModel(
            name='Touch',
            fields=[
                ('pk', models.CompositePrimaryKey('type', 'object', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=24)),
                ('object', models.CharField(max_length=64)),
                ('seq', models.BigIntegerField()),
            ],
            options={
                'db_table': 'journal_touch',
            },
        ),
        migrations.CreateModel(
            name='Unsealed',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'journal_unsealed',
            },
        ),
        migrations.RunPython(put_triggers_up, migrations.RunPython.noop),
    ]
