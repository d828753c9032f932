"""Whatever takes a secret stands in the register: forms, addresses, commands and the gate are searched for it."""

import ast

import pytest
from django import forms
from django.core.management import get_commands, load_command_class
from django.test import Client
from django.urls.converters import StringConverter

from blocking.doors import DOORS, OTHERWISE_WATCHED, factor_doors
from tests.security.addresses import APPS, patterns
from tests.security.secret_fields import CODE, SECRET_FIELDS
from tests.security.sources import module_at, modules_imported, names_called, sources, texts_in
from vecozo_portal.environment import BASE_DIR

SECRET = SECRET_FIELDS | {CODE}
CASE_CODE = "/beheer/blocking/supportcase/<int:pk>/code/"
# Each form with a secret field, and the doors where it is shown.
FORMS = {
    "accounts.forms.SignInForm": {"/inloggen/"},
    "accounts.forms.TokenForm": factor_doors(),
    "accounts.forms.PasskeyForm": factor_doors(),
    "accounts.forms.NewPasskeyForm": factor_doors(),
    "blocking.forms.doors.PinAndPasswordForm": {"/wachtwoord-vergeten/", "/activeren/"},
    "blocking.forms.doors.ForgottenPasswordForm": {"/wachtwoord-vergeten/"},
    "blocking.forms.doors.ActivationForm": {"/activeren/"},
    "blocking.forms.case_acts.CodeForm": {CASE_CODE},
    "certificates.forms.InstallForm": {"/certificaat-installeren/"},
    "desk.my_account.forms.ChangePasswordForm": {"/mijn-account/wachtwoord/"},
    "desk.my_account.forms.ChangeEmailForm": {"/mijn-account/e-mailadres/"},
}
# How what somebody shows is compared with what the portal keeps, or signed.
COMPARES = {"compare_digest", "constant_time_compare", "unsign", "unsign_object"}
# Modules that compare, and let nobody on by it.
NO_DOOR = {"accounts.half_sign_in": "whether the password is still the one that was shown at the door"}
# The code of a service in the catalogue is printed on every page.
NO_SECRETS = {"accounts.admin.catalogue.NewServiceForm"}


def forms_of_ours(below=forms.BaseForm):
    for form in below.__subclasses__():
        if form.__module__.split(".")[0] in APPS:
            yield form
        yield from forms_of_ours(form)


def asks_for_a_secret(form):
    fields = getattr(form, "base_fields", {})
    return any(name in SECRET or isinstance(field.widget, forms.PasswordInput) for name, field in fields.items())


def test_every_form_with_a_secret_belongs_to_a_registered_door():
    routes = {route for route, _ in patterns()}  # loads every view, and so every form
    asking = {f"{form.__module__}.{form.__qualname__}" for form in forms_of_ours() if asks_for_a_secret(form)}
    assert asking == set(FORMS) | NO_SECRETS
    registered = {rule.address for rule in DOORS.values()} | factor_doors() | set(OTHERWISE_WATCHED)
    assert {address for addresses in FORMS.values() for address in addresses} <= registered & routes


def test_every_registered_address_is_in_the_url_map():
    routes = {route for route, _ in patterns()}
    addresses = {rule.address for rule in DOORS.values()} | factor_doors() | set(OTHERWISE_WATCHED)
    assert {address for address in addresses if address.startswith("/")} <= routes


def test_every_address_that_carries_a_token_is_registered():
    """Objects are named by UUID or number; whatever text an address takes besides is a token or the admin's own."""
    with_text = {
        route
        for route, pattern in patterns()
        if any(type(each) is StringConverter for each in getattr(pattern.pattern, "converters", {}).values())
    }
    assert with_text == {route for route in OTHERWISE_WATCHED if "<str:" in route}


def test_every_watch_is_a_module_that_compares_or_asks_one_that_does():
    comparing = modules_that_compare()
    files = {module_at(path): tree for path, tree in sources()}
    for watch in OTHERWISE_WATCHED.values():
        assert watch in comparing or comparing & set(modules_imported(files[watch])), watch


def test_whatever_compares_what_was_shown_is_a_watch_in_the_register():
    """Tokens, codes and signed links: a new place that looks at one is a door, and stands in the register."""
    assert modules_that_compare() - set(NO_DOOR) <= set(OTHERWISE_WATCHED.values())


def test_tokens_of_machines_are_read_where_the_register_says():
    """At the gate in one place, and where metrics are asked for."""
    reading = {module_at(path) for path, tree in sources() if "authorization" in map(str.lower, texts_in(tree))}
    of_machines = {OTHERWISE_WATCHED["gate"], OTHERWISE_WATCHED["/metrics"]}
    assert {module for module in reading if not module.startswith("vecozo_portal.demo.")} == of_machines


def modules_that_compare():
    return {module_at(path) for path, tree in sources() if COMPARES & set(names_called(tree))}


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if app.split(".")[0] in APPS))
def test_no_command_takes_a_secret(name):
    """What is typed on a command line is seen by everybody on the machine; a new secret comes from the environment."""
    command = load_command_class(get_commands()[name], name)
    asked = {action.dest for action in command.create_parser("manage.py", name)._actions}
    assert not asked & SECRET
    source = ast.parse((BASE_DIR / f"{type(command).__module__.replace('.', '/')}.py").read_text())
    called = {node.func.id for node in ast.walk(source) if isinstance(node, ast.Call) and hasattr(node.func, "id")}
    assert not called & {"input", "getpass", "authenticate", "check_secret"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/beheer/login/", "/accounts/login/", "/api-auth/login/", "/webauthn/"])
def test_no_library_brings_a_door_of_its_own(path):
    page = Client().get(path, follow=True)
    assert page.status_code == 404 or page.redirect_chain[-1][0].startswith("/inloggen/")
