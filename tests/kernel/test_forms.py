"""Fields are drawn with label, hint, error and control tied together."""

import html5lib
from django import forms


class Sample(forms.Form):
    name = forms.CharField(help_text="As it is written <here>")
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False, label="I agree")
    note = forms.CharField(required=False, widget=forms.Textarea)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(form: forms.Form) -> str:
    drawn = form.render()
    html5lib.HTMLParser(strict=True).parseFragment(drawn)
    return drawn


def test_field_ties_hint_and_error_to_the_control():
    drawn = rendered(Sample({"kind": "a"}))
    assert '<label for="id_name">Name</label>' in drawn
    assert '<p class="hint" id="id_name_helptext">As it is written &lt;here&gt;</p>' in drawn
    assert '<p class="error" id="id_name_error">This field is required.</p>' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'class="field bad"' in drawn


def test_error_summary_comes_first_and_links_to_the_fields():
    drawn = rendered(Sample({}))
    summary = drawn[: drawn.index("</ul>")]
    assert 'role="alert"' in summary
    assert "2 things to correct" in summary
    assert 'href="#id_name"' in summary
    assert 'href="#id_kind"' in summary
    assert 'id="id_kind"' in drawn


def test_choices_stand_in_a_fieldset_with_a_legend():
    drawn = rendered(Sample())
    assert '<legend id="id_kind_legend">Kind</legend>' in drawn
    assert drawn.count('type="radio"') == 2
    assert 'role="alert"' not in drawn


def test_what_is_optional_says_so_and_a_box_stands_before_its_words():
    drawn = rendered(Sample())
    assert 'Note <span class="hint">(optional)</span>' in drawn
    assert drawn.index('name="agreed"') < drawn.index("I agree")
    assert '<input type="hidden" name="token"' in drawn
