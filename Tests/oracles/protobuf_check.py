#!/usr/bin/env python3
"""Checks Diario's binary form with Google's protobuf.

Usage: protobuf_check.py DIRECTORY

DIRECTORY holds `diario.proto`, as `diario schema --proto` prints it, and `events.jsonl`, where each line is
{"message": "OrderPlaced", "hex": "0a04…", "json": {…}}. For each line:

1. the bytes are parsed, leave no unknown field, and serialise to the same bytes again;
2. a message filled from the JSON alone serialises to the same bytes.

Needs `protoc` (apt: protobuf-compiler) and the Python package `protobuf`. Exits with 0 when all agree.
"""

import datetime
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import FieldDescriptor

EPOCH = datetime.date(1970, 1, 1)


def message_classes(proto: pathlib.Path):
    """The message classes of a .proto file, by a function of their name."""
    with tempfile.TemporaryDirectory() as directory:
        compiled = pathlib.Path(directory) / "descriptors"
        subprocess.run(
            ["protoc", f"-I{proto.parent}", f"--descriptor_set_out={compiled}", proto.name], check=True
        )
        files = descriptor_pb2.FileDescriptorSet.FromString(compiled.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)

    def named(name):
        descriptor = pool.FindMessageTypeByName(f"diario.v1.{name}")
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(pool).GetPrototype(descriptor)

    return named


def fill_decimal(message, text):
    sign, digits, exponent = decimal.Decimal(str(text)).as_tuple()
    number = int("".join(map(str, digits)))
    scale = -exponent
    while scale > 0 and number % 10 == 0:
        number //= 10
        scale -= 1
    while scale < 0:
        number *= 10
        scale += 1
    message.digits = -number if sign else number
    message.scale = scale
    message.SetInParent()


def scalar(field, value):
    if field.type == FieldDescriptor.TYPE_SINT32:
        return (datetime.date.fromisoformat(value) - EPOCH).days
    if field.type == FieldDescriptor.TYPE_BYTES:
        return value.encode()  # a personal text that is not sealed
    return value


def is_repeated(field):
    return getattr(field, "is_repeated", None) or getattr(field, "label", 0) == 3


def fill(message, values):
    """Fills a message from parsed JSON, by the types of the .proto alone."""
    fields = {field.name: field for field in message.DESCRIPTOR.fields}
    unknown = set(values) - set(fields)
    if unknown:
        raise ValueError(f"not in the .proto: {sorted(unknown)}")
    for name, value in values.items():
        field = fields[name]
        target = getattr(message, name)
        if is_repeated(field):
            for element in value:
                if field.message_type:
                    fill(target.add(), element)
                else:
                    target.append(scalar(field, element))
        elif field.message_type and field.message_type.name == "ExactDecimal":
            if field.containing_oneof or decimal.Decimal(str(value)) != 0:
                fill_decimal(target, value)  # an `optional` stands in a oneof of its own
        elif field.message_type:
            fill(target, value)
            target.SetInParent()
        else:
            setattr(message, name, scalar(field, value))


def has_unknown_fields(message):
    copy = type(message)()
    copy.CopyFrom(message)
    copy.DiscardUnknownFields()
    return copy.SerializeToString(deterministic=True) != message.SerializeToString(deterministic=True)


def main():
    directory = pathlib.Path(sys.argv[1])
    named = message_classes(directory / "diario.proto")
    faults = 0
    count = 0
    for line in (directory / "events.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        count += 1
        data = bytes.fromhex(case["hex"])
        parsed = named(case["message"]).FromString(data)
        filled = named(case["message"])()
        fill(filled, case["json"])
        checks = {
            "parses without unknown fields": not has_unknown_fields(parsed),
            "serialises to the same bytes": parsed.SerializeToString(deterministic=True) == data,
            "equals what its JSON says": parsed == filled,
            "is written alike from its JSON": filled.SerializeToString(deterministic=True) == data,
        }
        for check, holds in checks.items():
            if not holds:
                faults += 1
                print(f"{case['message']}: does not hold: {check}")
    print(f"{count} messages, {faults} faults")
    return 0 if count and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
