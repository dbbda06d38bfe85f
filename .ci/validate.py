"""validate.py SCHEMA FILE…: checks JSON files against a schema with a validator that is not ours."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    errors = list(validator.iter_errors(json.load(open(path, encoding="utf-8"))))
    for error in errors[:10]:
        print(f"{path}: {error.json_path}: {error.message[:200]}")
    if errors:
        sys.exit(f"{path}: {len(errors)} errors")
    print(f"{path}: valid")
