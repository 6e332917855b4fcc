"""Writes the fixtures beside it, by implementations that are not ours: botocore's signer and API model, Python's decimal
and zlib. Run it again after a new botocore: `python3 generate.py` (botocore 1.43)."""
import datetime, decimal, json, os, random, zlib
import botocore.auth, botocore.session
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HERE = os.path.dirname(os.path.abspath(__file__))
OPERATIONS = """CreateTable DescribeTable ListTables DeleteTable UpdateTimeToLive DescribeTimeToLive PutItem GetItem DeleteItem
UpdateItem BatchWriteItem BatchGetItem Query Scan TransactWriteItems TransactGetItems ExecuteStatement
BatchExecuteStatement ExecuteTransaction""".split()


def save(name, value):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump(value, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")


def sample(shape, union=0):
    """A value with every member of a shape: each member differs from the others."""
    sample.count += 1
    kind = shape.type_name
    if shape.name == "AttributeValue":
        return {"S": f"value {sample.count}"}
    if kind == "structure":
        members = list(shape.members.items())
        if shape.name in ("WriteRequest", "TransactWriteItem"):
            members = [members[union % len(members)]]
        return {name: sample(member) for name, member in members}
    if kind == "list":
        several = shape.member.name in ("WriteRequest", "TransactWriteItem")
        return [sample(shape.member, index) for index in range(len(shape.member.members) if several else 1)]
    if kind == "map":
        return {f"name_{sample.count}": sample(shape.value)}
    if kind == "string":
        return shape.enum[sample.count % len(shape.enum)] if shape.enum else f"text_{sample.count}"
    if kind in ("integer", "long"):
        return sample.count
    if kind == "boolean":
        return True
    if kind == "double":
        return sample.count + 0.5
    if kind == "timestamp":
        return 1764412200.25 + sample.count
    raise NotImplementedError(kind)


def operations():
    model = botocore.session.get_session().get_service_model("dynamodb")
    result = {}
    for name in OPERATIONS:
        sample.count = 0
        operation = model.operation_model(name)
        result[name] = {"input": sample(operation.input_shape), "output": sample(operation.output_shape)}
    save("operations.json", result)


def signatures():
    cases = []
    for moment, region, token, host, body in [
        ((2025, 11, 29, 10, 30, 0), "ap-northeast-1", None, "https://dynamodb.ap-northeast-1.amazonaws.com/", "{}"),
        ((2024, 2, 29, 23, 59, 59), "us-east-1", "token/with+signs==", "https://dynamodb.us-east-1.amazonaws.com/",
         '{"TableName":"MiyabiEvents"}'),
        ((2000, 1, 1, 0, 0, 0), "eu-west-1", None, "http://127.0.0.1:8000/", '{"TableName":"雅"}'),
        ((2100, 3, 1, 12, 0, 1), "cn-north-1", "x" * 400, "http://[::1]:4566/base/path", "a" * 5000),
        ((1999, 12, 31, 23, 59, 59), "local", None, "https://example.com:8443/", ""),
    ]:
        now = datetime.datetime(*moment, tzinfo=datetime.timezone.utc)
        botocore.auth.get_current_datetime = lambda now=now: now
        credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
        request = AWSRequest("POST", host, data=body.encode(), headers={
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.DescribeTable"})
        botocore.auth.SigV4Auth(credentials, "dynamodb", region).add_auth(request)
        cases.append({"secondsSince1970": int(now.timestamp()), "region": region, "token": token, "endpoint": host,
                      "body": body, "timestamp": request.headers["X-Amz-Date"],
                      "authorization": request.headers["Authorization"]})
    save("signatures.json", cases)


def generated_signatures():
    """2,000 requests over random keys, tokens, regions, endpoints, moments and bodies; lists first, then indexes into them."""
    source = random.Random(20251129)
    letters = "abcXYZ0189 /+=~._-%雅é\n\"\\"
    lists = {
        "secrets": ["".join(source.choices("abcXYZ0189/+", k=40)) for _ in range(20)],
        "tokens": [None] + ["".join(source.choices("abcXYZ0189/+=", k=source.randrange(1, 500))) for _ in range(9)],
        "regions": ["ap-northeast-1", "us-east-1", "eu-west-3", "cn-north-1", "us-gov-west-1", "local"],
        "endpoints": ["https://dynamodb.ap-northeast-1.amazonaws.com/", "http://127.0.0.1:8000/", "http://[::1]:4566/a/b",
                      "https://example.com:8443/base/", "http://localhost/%20x/~y", "https://h.example/a//b/../c"],
        "targets": ["DynamoDB_20120810." + name for name in OPERATIONS] + ["DynamoDBStreams_20120810.GetRecords"],
    }
    cases = []
    for _ in range(2000):
        pick = {name: source.randrange(len(values)) for name, values in lists.items()}
        chosen = {name: lists[name][index] for name, index in pick.items()}
        seconds = source.randrange(0, 4_102_444_800)
        body = "".join(source.choices(letters, k=source.randrange(0, 60)))
        now = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
        botocore.auth.get_current_datetime = lambda now=now: now
        request = AWSRequest("POST", chosen["endpoints"], data=body.encode(), headers={
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": chosen["targets"]})
        keys = Credentials("AKIDEXAMPLE", chosen["secrets"], chosen["tokens"])
        botocore.auth.SigV4Auth(keys, "dynamodb", chosen["regions"]).add_auth(request)
        cases.append([seconds, *pick.values(), body, request.headers["Authorization"].rsplit("=", 1)[1]])
    with open(os.path.join(HERE, "signatures-generated.json"), "w") as file:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        file.write(json.dumps(lists, ensure_ascii=False)[:-1] + ', "cases": [\n' + lines + "\n]}\n")


def numbers():
    """Exact sums, differences and comparisons; null where the exact result is not a number of DynamoDB."""
    source = random.Random(20251129)
    context = decimal.Context(prec=400, Emin=-999, Emax=999)

    def number():
        digits = source.choice([1, 2, 5, 13, 19, 20, 21, 37, 38])
        significand = source.randrange(10 ** (digits - 1), 10**digits)
        return decimal.Decimal(f"{source.choice(['', '-'])}{significand}e{source.randrange(-40, 40)}")

    def text(value):
        if value == 0:
            return "0"
        value = value.normalize(context)
        if len(value.as_tuple().digits) > 38 or not -130 <= value.adjusted() <= 125:
            return None
        return format(value, "f")

    cases = []
    pairs = [(number(), number()) for _ in range(300)]
    ones = decimal.Decimal("9" * 38)
    for a in [ones, decimal.Decimal("9" * 38 + "e88"), decimal.Decimal("1e-130"), decimal.Decimal("1." + "0" * 36 + "1e-130")]:
        for b in [a, a.copy_negate(), decimal.Decimal(1), decimal.Decimal("-1e-130"), decimal.Decimal("1e125"), ones, ones.copy_negate()]:
            pairs.append((a, b))
    for a, b in pairs:
        cases.append({"a": str(a), "b": str(b), "aText": text(a), "sum": text(context.add(a, b)),
                      "difference": text(context.subtract(a, b)), "order": int(a.compare(b)), "double": float(a)})
    save("numbers.json", cases)


def checksums():
    source = random.Random(7)
    cases = []
    for size in [0, 1, 7, 8, 9, 15, 16, 17, 63, 300]:
        data = source.randbytes(size)
        cases.append({"hex": data.hex(), "crc32": zlib.crc32(data)})
    save("checksums.json", cases)


operations()
signatures()
generated_signatures()
numbers()
checksums()
