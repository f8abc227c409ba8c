"""The registers of documents, the documents and their signatures.

Safe while the site runs: new tables only. Undo: drop them.
"""

import django.db.models.deletion
import zemstvo.ground.journal.writing
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=64)),
                ('year', models.PositiveSmallIntegerField()),
                ('index', models.CharField(blank=True, default='', max_length=12)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'documents_register',
                'constraints': [models.UniqueConstraint(fields=('authority', 'kind', 'year'), name='an_authority_has_one_register_of_a_kind_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=zemstvo.ground.journal.writing.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=48)),
                ('kind', models.CharField(max_length=64)),
                ('authority', models.CharField(max_length=64)),
                ('territory', models.CharField(max_length=16)),
                ('zone', models.CharField(max_length=48)),
                ('case', models.CharField(blank=True, default='', max_length=32)),
                ('service', models.CharField(blank=True, default='', max_length=64)),
                ('service_version', models.PositiveIntegerField(default=0)),
                ('person', models.UUIDField()),
                ('language', models.CharField(max_length=8)),
                ('sealed', models.BinaryField()),
                ('code_hash', models.BinaryField(max_length=32, unique=True)),
                ('state', models.CharField(choices=[('drafted', 'Drafted'), ('signed', 'Signed'), ('revoked', 'Revoked')], default='drafted', max_length=8)),
                ('version', models.PositiveIntegerField(default=1)),
                ('registered_on', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('delivery_form', models.CharField(blank=True, default='', max_length=12)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_for', models.CharField(blank=True, default='', max_length=64)),
                ('pdf_file', models.CharField(blank=True, default='', max_length=32)),
                ('pdf_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('pdf_version', models.PositiveIntegerField(default=0)),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.register')),
            ],
            options={
                'db_table': 'documents_document',
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=zemstvo.ground.journal.writing.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('signer', models.CharField(max_length=64)),
                ('mandate', models.CharField(blank=True, default='', max_length=36)),
                ('signed_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('cms', models.BinaryField(default=b'')),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('cms_hash', models.BinaryField(default=b'', max_length=32)),
                ('check_result', models.CharField(blank=True, default='', max_length=12)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.document')),
            ],
            options={
                'db_table': 'documents_signature',
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['case'], name='documents_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['person', '-registered_on'], name='documents_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('register', 'sequence'), name='a_number_is_given_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_at__isnull', False), _connector='OR'), name='a_signed_document_says_when'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', False), ('state', 'revoked')), models.Q(models.Q(('state', 'revoked'), _negated=True), ('revoked_at__isnull', True)), _connector='OR'), name='a_revoked_document_says_when'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('pdf_version__lte', models.F('version'))), name='a_pdf_is_of_a_version_that_there_is'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'seal')), fields=('document',), name='a_document_is_sealed_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'attached')), fields=('document', 'cms_hash'), name='a_signature_is_attached_once'),
        ),
    ]
