"""Rules of the service that the Python SDK's tests leave out, checked through the same SDK.

They are known from the tests of the other official SDKs and from the documentation. These tests are ours; all the
others of the run are the SDK's own.
"""

import os
import unittest

from authing.v2.common.utils import get_random_string
from authing.v2.exceptions import AuthingException
from authing.v2.management.authing import ManagementClient
from authing.v2.management.types import ManagementClientOptions
from dateutil import parser

management = ManagementClient(
    ManagementClientOptions(
        user_pool_id=os.environ["AUTHING_USERPOOL_ID"],
        secret=os.environ["AUTHING_USERPOOL_SECRET"],
        host=os.environ["AUTHING_SERVER"],
    )
)


def create(**fields):
    return management.users.create(userInfo=fields or {"username": get_random_string(10)})


class Rules(unittest.TestCase):
    def refused(self, code, call, *args, **options):
        with self.assertRaises(AuthingException) as caught:
            call(*args, **options)
        self.assertEqual(caught.exception.code, code)

    def test_email_is_kept_in_lower_case(self):
        email = get_random_string(10) + "@Example.COM"
        self.assertEqual(create(email=email.upper())["email"], email.lower())

    def test_email_is_found_whatever_its_case(self):
        email = get_random_string(10) + "@example.com"
        user = create(email=email)
        self.assertEqual(management.users.find(email=email.upper())["id"], user["id"])
        self.assertTrue(management.users.exists(email=email.title()))

    def test_email_that_differs_in_case_only_is_taken(self):
        email = get_random_string(10) + "@example.com"
        create(email=email)
        self.refused(2026, create, email=email.upper())

    def test_username_differs_by_case(self):
        username = get_random_string(10)
        user = create(username=username)
        other = create(username=username.upper())
        self.assertNotEqual(user["id"], other["id"])
        self.assertIsNone(management.users.find(username=username.title()))

    def test_changed_email_is_kept_in_lower_case(self):
        email = get_random_string(10) + "@Example.com"
        user = management.users.update(create()["id"], {"email": email})
        self.assertEqual(user["email"], email.lower())

    def test_password_alone_makes_no_user(self):
        with self.assertRaises(AuthingException):
            create(password="123456")

    def test_sign_up_keeps_its_instant(self):
        signed_up = "2020-10-15T17:55:37+08:00"
        user = create(username=get_random_string(10), signedUp=signed_up)
        self.assertEqual(parser.parse(user["signedUp"]), parser.parse(signed_up))

    def test_epoch_milliseconds_are_no_last_login(self):
        with self.assertRaises(AuthingException):
            create(username=get_random_string(10), lastLogin="1615467170000")

    def test_pages_are_newest_first_and_do_not_overlap(self):
        created = [create()["id"] for _ in range(5)]
        pages = [management.users.list(page=page, limit=2)["list"] for page in (1, 2, 3)]
        self.assertEqual([user["id"] for page in pages for user in page][:5], created[::-1])

    def test_batch_keeps_the_order_of_the_ids(self):
        ids = [create()["id"] for _ in range(11)]
        self.assertEqual([user["id"] for user in management.users.batch_get(ids[::-1])], ids[::-1])

    def test_more_than_80_users_at_once_are_refused(self):
        self.refused(2030, management.users.batch_get, ["0" * 24] * 81)

    def test_updating_nobody_is_refused(self):
        self.refused(2004, management.users.update, "0" * 24, {"nickname": "x"})

    def test_unknown_group_is_refused(self):
        with self.assertRaises(AuthingException):
            management.groups.delete(get_random_string(10))
        with self.assertRaises(AuthingException):
            management.groups.add_users(get_random_string(10), [create()["id"]])

    def test_grants_do_not_cross_namespaces(self):
        user, space = create()["id"], get_random_string(10)
        management.acl.create_namespace(space, space)
        management.acl.allow("books:*", "books:read", space, user_id=user)
        self.assertTrue(management.acl.is_allowed(user, "books:read", "books:1", space))
        self.assertFalse(management.acl.is_allowed(user, "books:read", "books:1", "default"))

    def test_a_grant_of_one_is_not_a_grant_of_all(self):
        user = create()["id"]
        management.acl.allow("books:1", "books:read", "default", user_id=user)
        self.assertTrue(management.acl.is_allowed(user, "books:read", "books:1", "default"))
        for resource in ("books:2", "books:*"):
            self.assertFalse(management.acl.is_allowed(user, "books:read", resource, "default"))

    def test_roles_pass_on_what_they_were_given(self):
        user, role = create()["id"], management.roles.create(get_random_string(10))["code"]
        management.acl.allow("books:*", "books:read", "default", role=role)
        self.assertFalse(management.acl.is_allowed(user, "books:read", "books:1", "default"))
        management.roles.add_users(role, [user])
        self.assertTrue(management.acl.is_allowed(user, "books:read", "books:1", "default"))

    def test_denying_policy_beats_a_grant(self):
        user, code = create()["id"], get_random_string(10)
        management.acl.allow("books:*", "books:*", "default", user_id=user)
        statement = {"resource": "books:1", "actions": ["books:burn"], "effect": "DENY"}
        management.policies.create(code, [statement])
        management.users.add_policies(user, [code])
        self.assertFalse(management.acl.is_allowed(user, "books:burn", "books:1", "default"))
        self.assertTrue(management.acl.is_allowed(user, "books:burn", "books:2", "default"))

    def test_wrong_token_is_refused_with_2020(self):
        other = ManagementClient(management.options)
        other.tokenProvider.getAccessToken = lambda: "not.a.token"
        self.refused(2020, other.users.list)


if __name__ == "__main__":
    unittest.main()
