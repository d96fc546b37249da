"""How every form is drawn: label, hint, error and control in this order, tied by ids."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws fields by ``kernel/field.html``, so that ``{{ form }}`` and includes look alike."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"
