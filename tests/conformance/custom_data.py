"""Custom data of all five types: written by the crate and read through the Python SDK, and the reverse.

Our side is the example `custom_values`, which run.py builds: it reads the values of a user into a struct and writes them
from one. These tests are ours.
"""

import datetime
import json
import os
import subprocess
import unittest

from authing.v2.common.utils import get_random_string
from authing.v2.management.authing import ManagementClient
from authing.v2.management.types import ManagementClientOptions
from dateutil import parser

HOST = os.environ["AUTHING_SERVER"]
FIELDS = {"school": "STRING", "age": "NUMBER", "is_boss": "BOOLEAN", "birthday": "DATETIME", "settings": "OBJECT"}
EAST = datetime.timezone(datetime.timedelta(hours=8))
# A text with what JSON escapes, a number with a fraction, and an instant with a fraction and an offset.
VALUES = {
    "school": 'Utrecht "Oudegracht", \u8bd5',
    "age": 18.5,
    "is_boss": False,
    "birthday": datetime.datetime(2002, 5, 14, 8, 30, 0, 250000, tzinfo=EAST),
    "settings": {"theme": "dark", "sizes": [1, 2.5, None], "nested": {"a": True}},
}

management = ManagementClient(
    ManagementClientOptions(
        user_pool_id=os.environ["AUTHING_USERPOOL_ID"], secret=os.environ["AUTHING_USERPOOL_SECRET"], host=HOST
    )
)


def ours(*arguments):
    done = subprocess.run(
        [os.environ["AUTHING_CUSTOM_VALUES"], *arguments],
        env=dict(os.environ, AUTHING_HOST=HOST),
        capture_output=True,
        text=True,
        timeout=60,
    )
    if done.returncode != 0:
        raise AssertionError("custom_values %s: %s" % (arguments[0], done.stderr))
    return done.stdout


def read_by_us(user_id):
    values = json.loads(ours("get", user_id))
    return dict(values, birthday=parser.parse(values["birthday"]))


def create(**options):
    return management.users.create(userInfo={"username": get_random_string(10)}, **options)["id"]


class CustomData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for key, data_type in FIELDS.items():
            management.udf.set("USER", key, data_type, key)

    def test_what_the_crate_writes_is_read_by_the_sdk(self):
        user_id = create()
        ours("set", user_id, json.dumps(dict(VALUES, birthday=VALUES["birthday"].isoformat())))
        self.assertEqual(management.users.get_udf_value(user_id), VALUES)
        self.assertEqual(management.users.detail(user_id, with_custom_data=True)["customData"], VALUES)
        listed = {item["key"]: (item["dataType"], item["value"]) for item in management.users.list_udv(user_id)}
        self.assertEqual(listed, {key: (FIELDS[key], value) for key, value in VALUES.items()})

    def test_what_the_sdk_writes_is_read_by_the_crate(self):
        user_id = create()
        management.users.set_udf_value(user_id, dict(VALUES))
        self.assertEqual(read_by_us(user_id), VALUES)

    def test_what_the_sdk_writes_one_by_one_and_for_many_is_read_by_the_crate(self):
        one, other = create(), create()
        for key, value in VALUES.items():
            management.users.set_udv(one, key, value)
        management.users.set_udf_value_batch({other: dict(VALUES)})
        self.assertEqual(read_by_us(one), VALUES)
        self.assertEqual(read_by_us(other), VALUES)

    def test_what_the_sdk_writes_at_creation_is_read_by_the_crate(self):
        # The SDK cannot write a date here as anything but a text.
        user_id = create(custom_data=dict(VALUES, birthday=VALUES["birthday"].isoformat()))
        self.assertEqual(read_by_us(user_id), VALUES)

    def test_what_was_read_can_be_written_back(self):
        user_id, other = create(), create()
        management.users.set_udf_value(user_id, dict(VALUES))
        ours("set", other, ours("get", user_id).strip())
        self.assertEqual(management.users.get_udf_value(other), VALUES)
