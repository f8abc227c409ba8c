"""The authorities' whole registers of services.

Safe while the site runs: new tables only. Undo: drop them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('services', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueEdition',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('token', models.UUIDField()),
            ],
            options={
                'db_table': 'services_catalogue_edition',
            },
        ),
        migrations.CreateModel(
            name='RegisteredService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('titles', models.JSONField(default=dict)),
                ('summaries', models.JSONField(default=dict)),
                ('life_events', models.JSONField(default=list)),
                ('audience', models.JSONField(default=list)),
                ('is_electronic', models.BooleanField(default=False)),
                ('term', models.CharField(blank=True, default='', max_length=8)),
                ('fee_minor', models.BigIntegerField(null=True)),
                ('currency', models.CharField(blank=True, default='', max_length=3)),
                ('office', models.CharField(blank=True, default='', max_length=64)),
                ('package', models.CharField(blank=True, default='', max_length=40)),
                ('address', models.CharField(blank=True, default='', max_length=500)),
                ('struck_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'services_registered_service',
                'constraints': [models.UniqueConstraint(fields=('authority', 'code'), name='an_authority_gives_a_code_once'), models.CheckConstraint(condition=models.Q(('fee_minor__isnull', True), ('fee_minor__gte', 0), _connector='OR'), name='a_fee_is_not_negative')],
            },
        ),
    ]
