"""Journeys: what the seed page promises a person, lived through in a real browser.

One test per sentence; its docstring says the sentence in our own words, and `tests/house/
test_every_seed_sentence_has_its_journey.py` keeps the list, with the sentences whose part of the portal is yet to come:

- a wrong PIN while a certificate is installed counts as one (that door comes with certificates);
- a quota, what it is and that it is recognised by 429, who lifts it, the message that says how, and what is quoted on
  the telephone (these come with the gate and the desk of Support's cases);
- the list of related pages (they come with what they are about).

`person.py` is somebody behind a browser, `hands.py` how they use it, `post.py` the mail they get.
"""
