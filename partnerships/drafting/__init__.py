"""Drafts as a task list of sections, one section per page: used for partnerships and for reports.

How to build one (partnerships/forms/ and partnerships/views/drafting.py do it for partnerships)
------------------------------------------------------------------------------------------------
1. Declare the questions (``questions.py``)::

       BASICS = Section("basics", _("The basics"), _("What the WOP is called ..."), (
           Question("title", help=_("..."), example=_("SICSM – WASCO")),      # a field of the version
           Rows("links", (Question("title"), Question("url")), label=_("Links"), one=_("Link"), add=_("Add a link")),
       ))
       FILES = Section("files", _("Files"), _("..."), address="partnerships:files", relations=("attachments",))
       QUESTIONNAIRE = Questionnaire(PartnershipVersion, "partnerships", (BASICS, FILES, ...))

   A section with an ``address`` has a page of its own (URL name, called with the primary key of the version);
   ``relations`` says whose rows make it "Done". Label, length, choices and type come from the model field.
   ``Question(choices=function(version))`` offers [(value, label)] of your own, for example for a UUID column.

2. Views are three lines each: fetch with ``visible_to``, then ``pages.tasks``, ``pages.section``, ``pages.check``
   with your questionnaire. URL names must be ``<namespace>:draft`` (pk), ``:section`` (pk, code), ``:check`` (pk).
   All three take ``more={...}`` for the context and ``template=`` for a page that extends ours.

3. A question of another shape is an ``Asked`` (questions.py) with ``names`` (of the fields and relations it answers;
   the first one is the question of ``unanswered``), ``label``, ``optional``, ``neutral`` and ``bound(section_form)``,
   which returns a ``bound.BoundQuestion`` with ``template``; ``clean()``; ``collect(fields, rows)``, which puts what
   ``save_draft`` is to write into both dicts;
   ``accept(name, messages)``, which shows an error of ``save_draft`` and says whether it was meant for it;
   ``problems()``; ``forms()``. Several questions may write the same relation: start from
   ``rows.setdefault(relation, section_form.answers.given(relation))`` and replace your own rows in it.

Names in the page: ``title``, ``tracks-0-title`` with ``tracks-0-key`` and the marker ``tracks-sent``; ``open-title`` is
the reason why a question has no answer; ``revision``. Ids: ``id_title``, ``id_tracks``, ``id_tracks-0-title``.
"""
