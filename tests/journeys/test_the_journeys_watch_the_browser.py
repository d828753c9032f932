"""A journey that leaves an error behind fails: shown on errors made on purpose."""

from __future__ import annotations

from tests.journeys.doors import SIGN_IN

INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'ran'";
  document.body.append(script);
}"""


def test_a_script_that_fails_is_noticed(at_screen, anna, complaints):
    her = at_screen(anna)
    her.goes_to(SIGN_IN)
    with her.page.expect_event("pageerror"):
        her.page.evaluate("() => { setTimeout(() => { throw new Error('on purpose'); }); }")
    assert [complaint for complaint in complaints if "on purpose" in complaint]
    complaints.clear()


def test_what_the_security_policy_refuses_is_noticed(at_screen, anna, complaints):
    her = at_screen(anna)
    her.goes_to(SIGN_IN)
    her.page.evaluate(INLINE_SCRIPT)
    assert her.page.title() != "ran"
    assert any("content security policy: script-src-elem inline" in complaint for complaint in complaints)
    complaints.clear()
